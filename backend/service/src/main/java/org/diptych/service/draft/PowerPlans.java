package org.diptych.service.draft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.diptych.service.account.SignedIn;
import org.diptych.service.draft.PowerReading.Basis;
import org.diptych.service.draft.PowerReading.State;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.statistics.agreement.Level;
import org.diptych.statistics.agreement.PowerPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Computes power plans beside the requests, one at a time and for a bounded time. Whoever has begun one asks for it until it
 * is there, or gives it up.
 */
@Service
public class PowerPlans {
    private static final Logger log = LoggerFactory.getLogger(PowerPlans.class);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 20;
    private static final int MOST_KEPT = 200;
    private static final int REPETITIONS = 12;
    private static final int LARGEST_OVERLAP = 5;
    private static final List<Integer> PAIRS = List.of(100, 200, 400, 800, 1_600);
    /** More pairs than the product's bootstrap is in need of; their interval follows from fewer. */
    private static final int MOST_PAIRS = 5_000;

    private static final long SEED = 51;

    private final CampaignDrafts drafts;
    private final ProtocolService protocols;
    private final PowerBasis bases;
    private final Cache<UUID, Plan> plans =
            Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(MOST_KEPT).build();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("power-", 0).priority(Thread.MIN_PRIORITY).factory());

    PowerPlans(CampaignDrafts drafts, ProtocolService protocols, PowerBasis bases) {
        this.drafts = drafts;
        this.protocols = protocols;
        this.bases = bases;
        worker.allowCoreThreadTimeOut(true);
    }

    /** A plan under way. */
    private static final class Plan {
        private final UUID lead;
        private final UUID draft;
        private volatile PowerReading reading;
        private volatile boolean unwanted;

        Plan(UUID lead, UUID draft, Basis basis) {
            this.lead = lead;
            this.draft = draft;
            this.reading = new PowerReading(UUID.randomUUID(), State.RUNNING, basis, List.of(), false, null);
        }

        void end(State state, List<PowerReading.Row> rows, boolean complete, @Nullable Integer recommended) {
            reading = new PowerReading(reading.id(), state, reading.basis(), rows, complete, recommended);
        }
    }

    /** What would be assumed of annotators under a protocol, among the campaigns that somebody leads. */
    public Basis basis(SignedIn lead, String protocol) {
        return bases.of(lead, protocols.byReference(protocol).protocol());
    }

    /**
     * Begins a plan for a draft; another one that its maker has begun for it is given up.
     *
     * @throws Problem {@code unknown_draft}, {@code invalid_value}; {@code busy}
     */
    public PowerReading begin(SignedIn lead, UUID id, PowerWish wish) {
        var draft = drafts.get(lead, id);
        wish.checked();
        plans.asMap().values().stream()
                .filter(other -> other.lead.equals(lead.id()) && other.draft.equals(id))
                .forEach(other -> other.unwanted = true);
        var protocol = protocols.byReference(draft.choices().protocol()).protocol();
        var plan = new Plan(lead.id(), id, bases.of(lead, protocol));
        var question = question(draft, wish, plan.reading.basis());
        try {
            worker.execute(() -> compute(plan, question, wish));
        } catch (RejectedExecutionException e) {
            throw Problem.tooMany("busy", "The server computes many plans at the moment. Try again in a minute.");
        }
        plans.put(plan.reading.id(), plan);
        return plan.reading;
    }

    /**
     * How far a plan is.
     *
     * @throws Problem {@code unknown_plan}
     */
    public PowerReading get(SignedIn lead, UUID id, UUID plan) {
        return find(lead, id, plan)
                .orElseThrow(() -> Problem.notFound("unknown_plan", "There is no such plan any more. Begin another."))
                .reading;
    }

    /** Gives a plan up; one that is not there is as good as given up. */
    public void cancel(SignedIn lead, UUID id, UUID plan) {
        find(lead, id, plan).ifPresent(found -> found.unwanted = true);
    }

    private Optional<Plan> find(SignedIn lead, UUID draft, UUID plan) {
        return Optional.ofNullable(plans.getIfPresent(plan))
                .filter(found -> found.lead.equals(lead.id()) && found.draft.equals(draft));
    }

    private static PowerPlan.Question question(CampaignDraft draft, PowerWish wish, Basis basis) {
        var pairs = new TreeSet<>(PAIRS);
        draft.usable().ifPresent(checked -> {
            long known = checked.contents().known().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            int there = (int) Math.clamp(checked.report().pairs() - known, 2, MOST_PAIRS);
            // no more than there are
            pairs.removeIf(count -> count > there);
            pairs.add(there);
            pairs.add((int)
                    Math.max(2, Math.round(there * draft.choices().settings().uniformShare())));
        });
        return new PowerPlan.Question(
                Collections.nCopies(wish.annotators(), basis.reliability()),
                Collections.nCopies(basis.values(), 1.0 / basis.values()),
                Level.ORDINAL,
                wish.accuracy(),
                IntStream.rangeClosed(2, Math.min(LARGEST_OVERLAP, wish.annotators()))
                        .boxed()
                        .toList(),
                List.copyOf(pairs),
                REPETITIONS);
    }

    private static void compute(Plan plan, PowerPlan.Question question, PowerWish wish) {
        long begun = System.nanoTime();
        try {
            var rows = PowerPlan.simulate(
                    question,
                    new SplittableRandom(SEED),
                    () -> plan.unwanted
                            || Thread.currentThread().isInterrupted()
                            || System.nanoTime() - begun > LONGEST.toNanos());
            if (plan.unwanted) {
                plan.end(State.CANCELLED, List.of(), false, null);
                return;
            }
            var written =
                    rows.stream().map(row -> row(row, plan.reading.basis())).toList();
            plan.end(
                    State.DONE,
                    written,
                    rows.size() == question.overlaps().size() * question.pairs().size(),
                    cheapest(written, wish.halfWidth()));
        } catch (RuntimeException e) {
            log.error("a power plan could not be computed", e);
            plan.end(State.FAILED, List.of(), false, null);
        }
    }

    private static PowerReading.Row row(PowerPlan.Row row, Basis basis) {
        return new PowerReading.Row(
                row.overlap(),
                row.pairs(),
                defined(row.alpha()),
                defined(row.halfWidth()),
                row.accuracy(),
                row.accuracyHalfWidth(),
                row.labels(),
                row.labels() * basis.seconds() / Duration.ofHours(1).toSeconds());
    }

    private static @Nullable Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static @Nullable Integer cheapest(List<PowerReading.Row> rows, double halfWidth) {
        return IntStream.range(0, rows.size())
                .filter(place -> {
                    var width = rows.get(place).halfWidth();
                    return width != null && width <= halfWidth;
                })
                .boxed()
                .min(Comparator.comparingLong(place -> rows.get(place).labels()))
                .orElse(null);
    }

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }
}
