package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.label.Submission;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One campaign's labelling, step by step at random, next to what the model says of each step. */
@NullUnmarked
final class LabellingHistory {
    private final LabellingBench bench;
    private final LabellingBench.Grounds grounds;
    private final Random random;
    private final AssignmentService claims;
    private final ExecutorService threads;
    private final List<String> story = new ArrayList<>();
    private LabellingModel model;

    LabellingHistory(LabellingBench bench, long seed, ExecutorService threads) {
        this.bench = bench;
        this.random = new Random(seed);
        this.grounds = bench.grounds(random);
        this.model = grounds.model();
        this.claims = bench.claims(random);
        this.threads = threads;
        model.state = read();
    }

    /** What has happened so far. */
    List<String> story() {
        return story;
    }

    /**
     * Something that the service does and that has one outcome.
     *
     * @param does what the service answers: a status, or the code of a problem
     * @param should the same of the model
     */
    private record Step(String text, Callable<String> does, Function<LabellingModel, String> should) {}

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            int what = random.nextInt(100);
            if (what < 28) {
                claim(Set.of(someone()), 1 + random.nextInt(4));
            } else if (what < 31) {
                claim(new LinkedHashSet<>(grounds.people()), 1 + random.nextInt(3));
            } else if (what < 43) {
                together(some(), some());
            } else if (what < 46) {
                inTwoTabs();
            } else if (what < 50 && !model.campaign.equals("OPEN")) {
                alone(entering(CampaignState.OPEN));
            } else {
                alone(some());
            }
            if (step % 10 == 9) {
                counters();
            }
        }
        drain();
    }

    /** The same answer twice, or two that contradict each other. */
    private void inTwoTabs() {
        var leases = List.copyOf(model.state.leases().keySet());
        if (leases.isEmpty()) {
            return;
        }
        var lease = one(leases);
        var first = random.nextBoolean() ? correction(lease) : submission(lease);
        together(first, random.nextBoolean() ? first : correction(lease));
    }

    private SignedIn someone() {
        return grounds.people().get(random.nextInt(grounds.people().size()));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Step some() {
        int what = random.nextInt(100);
        var leases = List.copyOf(model.state.leases().keySet());
        if (leases.isEmpty() && what < 80) {
            return expiry();
        }
        if (what < 34) {
            return submission(one(inState(leases, "LEASED|EXTRA")));
        }
        if (what < 42) {
            return submission(one(inState(leases, "LOST|EXTRA")));
        }
        if (what < 58) {
            return correction(one(inState(leases, "LABELLED")));
        }
        if (what < 72) {
            return renewal(one(random.nextBoolean() ? leases : inState(leases, "SKIPPED|LOST")));
        }
        if (what < 76) {
            return heartbeat(one(leases));
        }
        if (what < 82) {
            return expiry();
        }
        return what < 92 ? ofLead(what) : batch();
    }

    /** Those in one of the states, or all where there is none. */
    private List<UUID> inState(List<UUID> leases, String states) {
        var found = leases.stream()
                .filter(id -> model.state.leases().get(id).state().matches(states))
                .toList();
        return found.isEmpty() ? leases : found;
    }

    private Step ofLead(int what) {
        var who = someone();
        if (what < 84) {
            return new Step(
                    who.name() + " is removed",
                    () -> bench.done(() -> bench.campaigns.removeMember(bench.lead, grounds.campaign(), who.name())),
                    now -> now.remove(who.id()));
        }
        if (what < 87) {
            return comingBack(who);
        }
        if (what < 90) {
            return entering(random.nextInt(3) == 0 ? one(List.of(CampaignState.values())) : CampaignState.OPEN);
        }
        if (what < 91) {
            var to = random.nextBoolean() ? bench.first : bench.second;
            return new Step(
                    "the campaign moves to " + to.reference(),
                    () -> bench.done(() -> bench.protocols.move(bench.lead, grounds.campaign(), to.reference())),
                    now -> now.move(to.sha256()));
        }
        var pair = one(grounds.pairs());
        return new Step(
                "pair " + number(pair) + " becomes gold",
                () -> bench.done(
                        () -> bench.known.set(bench.lead, grounds.campaign(), pair, LabellingBench.KNOWN, Map.of())),
                now -> now.gold(pair));
    }

    private Step comingBack(SignedIn who) {
        return new Step(
                who.name() + " is a member",
                () -> bench.done(() ->
                        bench.campaigns.addMember(bench.lead, grounds.campaign(), who.name(), MemberRole.ANNOTATOR)),
                now -> now.add(who.id()));
    }

    private Step entering(CampaignState state) {
        return new Step(
                "the campaign is " + state,
                () -> bench.done(() -> bench.campaigns.enter(bench.lead, grounds.campaign(), state)),
                now -> now.enter(state.name()));
    }

    private SignedIn owner(UUID lease) {
        return grounds.person(model.state.leases().get(lease).annotator());
    }

    private Step submission(UUID lease) {
        var held = model.state.leases().get(lease);
        boolean wrong = random.nextInt(15) == 0;
        var who = random.nextInt(40) == 0 ? someone() : owner(lease);
        var before = random.nextInt(15) == 0 ? labelOf(lease) : null;
        return submit(
                who,
                new LabellingModel.Sent(
                        before == null ? UUID.randomUUID() : before,
                        lease,
                        held.token() - (wrong ? 1 : 0),
                        null,
                        random.nextInt(5) == 0));
    }

    /** Of any of the lease's labels, so that it may be one that does not count any more. */
    private Step correction(UUID lease) {
        var held = model.state.leases().get(lease);
        return submit(
                owner(lease),
                new LabellingModel.Sent(
                        UUID.randomUUID(), lease, held.token(), labelOf(lease), random.nextInt(2) == 0));
    }

    private @Nullable UUID labelOf(UUID lease) {
        var labels = model.state.labels().entrySet().stream()
                .filter(label -> label.getValue().lease().equals(lease))
                .map(Map.Entry::getKey)
                .toList();
        return labels.isEmpty() ? null : random.nextInt(4) == 0 ? one(labels) : labels.getLast();
    }

    private Step submit(SignedIn who, LabellingModel.Sent sent) {
        var submission = new Submission(
                sent.id(),
                sent.lease(),
                sent.token(),
                sent.skip() ? null : LabellingBench.ANSWERS,
                sent.skip() ? new Submission.Skip("cannot_judge") : null,
                null,
                false,
                1_000,
                null,
                null,
                sent.supersedes());
        var what = (sent.skip() ? " skips " : " answers ") + name(sent.lease())
                + (sent.supersedes() == null ? "" : ", correcting") + ", token " + sent.token();
        return new Step(
                who.name() + what,
                () -> bench.answered(
                        () -> bench.labels.submit(who, submission).status().name()),
                now -> now.submit(who.id(), sent));
    }

    private Step renewal(UUID lease) {
        var who = owner(lease);
        var token = new AtomicLong();
        return new Step(
                who.name() + " renews " + name(lease),
                () -> bench.done(
                        () -> token.set(bench.assignments.renew(who, lease).token())),
                now -> now.renew(who.id(), lease, token.get()));
    }

    private Step heartbeat(UUID lease) {
        var who = owner(lease);
        var token = model.state.leases().get(lease).token();
        return new Step(
                who.name() + " is at work on " + name(lease),
                () -> bench.done(() -> bench.assignments.heartbeat(who, lease, token)),
                now -> now.heartbeat(who.id(), lease, token));
    }

    /** Somebody's leases run out, as if they had gone away. */
    private Step expiry() {
        var who = someone();
        var theirs = new LinkedHashSet<UUID>();
        model.state.leases().forEach((id, lease) -> {
            if (lease.annotator().equals(who.id()) && lease.isHeld()) {
                theirs.add(id);
            }
        });
        return new Step(who.name() + " goes away", () -> bench.expire(theirs), now -> now.expire(theirs));
    }

    private Step batch() {
        var opinions = new ArrayList<>(grounds.labelled());
        java.util.Collections.shuffle(opinions, random);
        var asked = List.copyOf(opinions.subList(0, random.nextInt(Math.min(4, opinions.size() + 1))));
        return new Step(
                "more opinions of " + asked.stream().map(this::number).toList(),
                () -> bench.batch(grounds.campaign(), asked),
                now -> now.batch(asked));
    }

    private int number(UUID pair) {
        return grounds.pairs().indexOf(pair);
    }

    private String name(UUID lease) {
        var held = model.state.leases().get(lease);
        return number(held.pair()) + " of " + grounds.person(held.annotator()).name() + " (" + held.state() + ")";
    }

    private void alone(Step step) {
        story.add(step.text());
        var does = call(step);
        var should = step.should().apply(model);
        story.add("  " + does);
        assertThat(does).as(step.text()).isEqualTo(should);
        check(read());
    }

    /** Two things at once come out as one after the other does. */
    private void together(Step one, Step other) {
        story.add("at once: " + one.text() + " | " + other.text());
        try {
            var first = threads.submit(() -> call(one));
            var second = threads.submit(() -> call(other));
            var does = List.of(first.get(), second.get());
            story.add("  " + does);
            var now = read();
            var inOrder = model.copy();
            var should = List.of(one.should().apply(inOrder), other.should().apply(inOrder));
            var reversed = model.copy();
            var otherFirst = other.should().apply(reversed);
            var shouldReversed = List.of(one.should().apply(reversed), otherFirst);
            boolean fits = should.equals(does)
                    && same(inOrder.state, now)
                    && inOrder.standing().equals(bench.standing(grounds.campaign()));
            model = fits ? inOrder : reversed;
            if (!fits) {
                story.add("  in order: " + should + ", reversed: " + shouldReversed);
                assertThat(does).isIn(should, shouldReversed);
            }
            check(now);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Whatever the order of their rows. */
    private static boolean same(LabellingState one, LabellingState other) {
        return one.slots().equals(other.slots())
                && one.leases().equals(other.leases())
                && one.labels().equals(other.labels());
    }

    private static String call(Step step) {
        try {
            return step.does().call();
        } catch (Exception e) {
            throw new AssertionError(step.text(), e);
        }
    }

    private void claim(Set<SignedIn> who, int count) {
        var names = who.stream().map(SignedIn::name).toList();
        story.add(names + " claim " + count);
        var ids = new LinkedHashSet<UUID>();
        who.forEach(one -> ids.add(one.id()));
        if (who.size() == 1) {
            var one = who.iterator().next();
            long seed = random.nextLong();
            var empty = bench.answered(() -> bench.claim(claims, seed, one, grounds.campaign(), count));
            story.add("  " + empty);
            var now = read();
            new LabellingClaims(model, ids, count, true).takeOver(now);
            check(now);
            assertThat(empty).isEqualTo(expected(one, count));
            return;
        }
        try {
            // who draws what is left to chance here: a generator is not shared by threads
            threads.invokeAll(who.stream()
                            .<Callable<String>>map(one -> () -> bench.answered(
                                    () -> bench.claim(bench.assignments, 0, one, grounds.campaign(), count)))
                            .toList())
                    .forEach(claim -> {
                        try {
                            claim.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        var now = read();
        new LabellingClaims(model, ids, count, false).takeOver(now);
        check(now);
    }

    private String expected(SignedIn who, int count) {
        if (!model.members.contains(who.id())) {
            return "unknown_campaign";
        }
        long held = !model.campaign.equals("OPEN")
                ? 0
                : model.state.leases().values().stream()
                        .filter(lease -> lease.annotator().equals(who.id())
                                && lease.state().equals("LEASED"))
                        .count();
        return held == 0 ? model.empty(who.id()) : Math.min(held, count) + " held";
    }

    private LabellingState read() {
        return LabellingState.read(bench.jdbc, grounds.campaign(), grounds.pairs());
    }

    private void check(LabellingState now) {
        assertThat(now.slots()).isEqualTo(model.state.slots());
        assertThat(now.leases()).isEqualTo(model.state.leases());
        assertThat(now.labels()).isEqualTo(model.state.labels());
        assertThat(bench.standing(grounds.campaign())).isEqualTo(model.standing());
        // from here on in the database's order
        model.state = now;
        model.invariants();
    }

    /** What people see is what a recount says. */
    private void counters() {
        var figures = bench.counts.of(grounds.campaign());
        var slots = figures.allSlots();
        assertThat(List.of(slots.open(), slots.leased(), slots.filled()))
                .containsExactly(model.state.slots("OPEN"), model.state.slots("LEASED"), model.state.slots("FILLED"));
        assertThat(figures.labels())
                .isEqualTo(model.state.labels().entrySet().stream()
                        .filter(label -> !label.getValue().skip() && !model.state.isSuperseded(label.getKey()))
                        .count());
        assertThat(figures.skips()).isEqualTo(latest(false, null));
        assertThat(figures.stuck().pairs()).isEqualTo(model.stuck());
        for (var person : grounds.people()) {
            assertThat(bench.progress.of(person, grounds.campaign()).mine()).isEqualTo(latest(true, person));
        }
    }

    private long latest(boolean answer, @Nullable SignedIn of) {
        return model.state.leases().entrySet().stream()
                .filter(lease -> of == null || lease.getValue().annotator().equals(of.id()))
                .filter(lease -> model.state.answered(lease.getKey()).orElse(!answer) == answer)
                .count();
    }

    /** Everybody comes back and works until nothing is left: now each pair has its labels, or nobody who would label it. */
    private void drain() {
        alone(entering(CampaignState.OPEN));
        grounds.people().forEach(person -> alone(comingBack(person)));
        for (var person : grounds.people()) {
            var all = new LinkedHashSet<>(model.state.leases().keySet());
            all.removeIf(
                    id -> !model.state.leases().get(id).isHeld() || !owner(id).equals(person));
            alone(new Step(person.name() + " was away", () -> bench.expire(all), now -> now.expire(all)));
        }
        boolean worked = true;
        while (worked) {
            worked = false;
            for (var person : grounds.people()) {
                claim(Set.of(person), AssignmentService.MOST_HELD);
                for (var id : List.copyOf(model.state.leases().keySet())) {
                    var lease = model.state.leases().get(id);
                    if (lease.state().equals("LEASED") && owner(id).equals(person)) {
                        worked = true;
                        alone(submit(
                                person, new LabellingModel.Sent(UUID.randomUUID(), id, lease.token(), null, false)));
                    }
                }
            }
        }
        for (var person : grounds.people()) {
            assertThat(model.waiting(person.id()))
                    .as("pairs that %s would label", person.name())
                    .isEmpty();
        }
        counters();
    }
}
