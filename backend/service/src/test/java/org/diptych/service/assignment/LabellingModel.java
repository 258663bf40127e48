package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.service.assignment.LabellingState.Held;
import org.diptych.service.assignment.LabellingState.Label;
import org.diptych.service.assignment.LabellingState.Place;
import org.diptych.service.assignment.LabellingState.Slot;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What labelling should do, said a second time and without a database: each method answers what the service should (a status
 * or the code of a problem) and changes the state as the service should have.
 */
@NullUnmarked
final class LabellingModel {
    private final boolean keepsLate;
    private final int mostLabels;
    /** Pairs that may get another opinion. */
    private final Set<UUID> acquired;

    LabellingState state = LabellingState.none();
    String campaign = "OPEN";
    String protocol;
    final Set<UUID> members = new LinkedHashSet<>();
    /** Pairs whose answer is known. */
    final Set<UUID> known = new LinkedHashSet<>();

    LabellingModel(boolean keepsLate, int mostLabels, Set<UUID> acquired, String protocol) {
        this.keepsLate = keepsLate;
        this.mostLabels = mostLabels;
        this.acquired = acquired;
        this.protocol = protocol;
    }

    LabellingModel copy() {
        var copy = new LabellingModel(keepsLate, mostLabels, acquired, protocol);
        copy.state = state.copy();
        copy.campaign = campaign;
        copy.members.addAll(members);
        copy.known.addAll(known);
        return copy;
    }

    /** How the campaign stands: its state, the version of its protocol and who labels in it. */
    Set<String> standing() {
        var standing = new TreeSet<>(Set.of(campaign, protocol));
        members.forEach(member -> standing.add(member.toString()));
        return standing;
    }

    /** A submission as it reaches the service. */
    record Sent(UUID id, UUID lease, long token, @Nullable UUID supersedes, boolean skip) {}

    String submit(UUID who, Sent sent) {
        var lease = state.leases().get(sent.lease());
        if (!lease.annotator().equals(who)) {
            return "unknown_assignment";
        }
        if (!members.contains(who)) {
            return "not_a_member";
        }
        if (state.labels().containsKey(sent.id())) {
            return "DUPLICATE";
        }
        var former = sent.supersedes() == null ? null : state.labels().get(sent.supersedes());
        if (sent.supersedes() != null
                && (former == null || !former.lease().equals(sent.lease()) || state.isSuperseded(sent.supersedes()))) {
            return "not_current";
        }
        if (lease.token() != sent.token()) {
            return "lease_lost";
        }
        if (former != null && !former.skip()) {
            return correct(sent, lease, former);
        }
        if (!lease.isHeld() && !lease.state().equals("LOST")) {
            return "lease_lost";
        }
        if (campaign.equals("CLOSED")) {
            return keepsLate ? aside(sent, lease) : "campaign_closed";
        }
        if (sent.skip()) {
            return aside(sent, lease);
        }
        if (lease.slot() == null) {
            aside(sent, lease);
            return "ACCEPTED";
        }
        return fill(sent, lease);
    }

    private String fill(Sent sent, Held lease) {
        var place = lease.state().equals("LEASED")
                ? new Place(lease.pair(), lease.slot())
                : state.firstOpen(lease.pair()).orElse(null);
        if (place == null) {
            return lease.state().equals("EXTRA") ? aside(sent, lease) : "lease_lost";
        }
        state.slots().computeIfPresent(place, (_, slot) -> new Slot(slot.extra(), "FILLED", sent.lease(), sent.id()));
        state.leases()
                .put(sent.lease(), lease.on(place.ordinal()).in("LABELLED").running(false));
        add(sent, lease, place.ordinal());
        return "ACCEPTED";
    }

    /** A skip, or an answer that fills no slot. */
    private String aside(Sent sent, Held lease) {
        release(sent.lease());
        state.leases()
                .put(
                        sent.lease(),
                        lease.in(sent.skip() ? "SKIPPED" : "LABELLED").running(false));
        add(sent, lease, null);
        return sent.skip() ? "ACCEPTED" : "EXTRA";
    }

    private String correct(Sent sent, Held lease, Label former) {
        if (campaign.equals("CLOSED")) {
            return "campaign_closed";
        }
        if (sent.skip()) {
            return aside(sent, lease);
        }
        state.slots()
                .replaceAll((_, slot) ->
                        sent.supersedes() != null && sent.supersedes().equals(slot.label())
                                ? new Slot(slot.extra(), slot.state(), slot.lease(), sent.id())
                                : slot);
        add(sent, lease, former.slot());
        return former.slot() == null && lease.slot() != null ? "EXTRA" : "ACCEPTED";
    }

    private void add(Sent sent, Held lease, @Nullable Integer slot) {
        state.labels().put(sent.id(), new Label(sent.lease(), sent.skip(), slot, lease.protocol(), sent.supersedes()));
    }

    void release(UUID lease) {
        state.slots().replaceAll((_, slot) -> lease.equals(slot.lease()) ? Slot.open(slot.extra()) : slot);
    }

    /** @param token that the service gave, where it gave one */
    String renew(UUID who, UUID id, long token) {
        var lease = state.leases().get(id);
        if (!members.contains(who)) {
            return "not_a_member";
        }
        if (lease.state().equals("LABELLED")) {
            return "already_labelled";
        }
        if (!campaign.equals("OPEN")) {
            return "campaign_" + campaign.toLowerCase(java.util.Locale.ROOT);
        }
        if (lease.isHeld()) {
            atWork(who, id);
            return "ok";
        }
        if (lease.slot() == null) {
            state.leases().put(id, lease.in("LEASED").under(token));
            return "ok";
        }
        var place = state.firstOpen(lease.pair()).orElse(null);
        if (place == null && !keepsLate) {
            return "pair_complete";
        }
        if (place == null) {
            state.leases().put(id, lease.in("EXTRA").under(token));
            return "ok";
        }
        state.leases().put(id, lease.in("LEASED").on(place.ordinal()).under(token));
        state.slots().computeIfPresent(place, (_, slot) -> new Slot(slot.extra(), "LEASED", id, null));
        return "ok";
    }

    String heartbeat(UUID who, UUID id, long token) {
        var lease = state.leases().get(id);
        if (!members.contains(who)) {
            return "not_a_member";
        }
        if (!lease.isHeld() || lease.token() != token) {
            return "lease_lost";
        }
        if (!campaign.equals("CLOSED")) {
            atWork(who, id);
        }
        return "ok";
    }

    /** What somebody holds goes on; what is kept beside the labels of its pair does so only while they work on that. */
    private void atWork(UUID who, UUID id) {
        extend(who);
        state.leases().computeIfPresent(id, (_, lease) -> lease.running(false));
    }

    void extend(UUID who) {
        state.leases()
                .replaceAll((_, lease) ->
                        lease.annotator().equals(who) && lease.state().equals("LEASED") ? lease.running(false) : lease);
    }

    String expire(Set<UUID> leases) {
        state.leases().replaceAll((id, lease) -> leases.contains(id) && lease.isHeld() ? lease.running(true) : lease);
        return "ok";
    }

    String remove(UUID who) {
        members.remove(who);
        List.copyOf(state.leases().keySet()).forEach(id -> {
            var lease = state.leases().get(id);
            if (lease.annotator().equals(who) && lease.isHeld()) {
                release(id);
                state.leases().put(id, lease.in("LOST").running(false));
            }
        });
        return "ok";
    }

    String add(UUID who) {
        members.add(who);
        return "ok";
    }

    String enter(String newState) {
        campaign = newState;
        return "ok";
    }

    String move(String sha256) {
        protocol = sha256;
        return "ok";
    }

    String gold(UUID pair) {
        if (!state.places(pair).stream()
                .allMatch(place -> state.slots().get(place).state().equals("FILLED"))) {
            return "pair_not_complete";
        }
        known.add(pair);
        return "ok";
    }

    /** A batch that asks for another opinion on some pairs, and takes back what it does not ask for. */
    String batch(List<UUID> opinions) {
        state.slots()
                .entrySet()
                .removeIf(slot -> slot.getValue().extra()
                        && state.isOpen(slot.getKey())
                        && !opinions.contains(slot.getKey().pair()));
        for (var pair : opinions) {
            var places = state.places(pair);
            if (acquired.contains(pair) && state.firstOpen(pair).isEmpty() && places.size() < mostLabels) {
                state.slots().put(new Place(pair, places.getLast().ordinal() + 1), Slot.open(true));
            }
        }
        return "ok";
    }

    /** Whether a claim may give the pair to somebody, as far as they are concerned. */
    boolean isNewTo(UUID who, UUID pair) {
        return state.of(pair, who)
                .map(lease -> lease.state().equals("LOST") || (lease.state().equals("EXTRA") && lease.expired()))
                .orElse(true);
    }

    /** Pairs that somebody could still be given: open ones, and what others let run out. */
    List<Place> waiting(UUID who) {
        return state.slots().keySet().stream()
                .filter(place -> isNewTo(who, place.pair()))
                .filter(place -> state.isOpen(place) || isOverdue(place))
                .toList();
    }

    private boolean isOverdue(Place place) {
        var slot = state.slots().get(place);
        return slot.state().equals("LEASED") && state.leases().get(slot.lease()).expired();
    }

    /** Why somebody gets nothing. */
    String empty(UUID who) {
        if (!campaign.equals("OPEN")) {
            return campaign;
        }
        boolean others = state.slots().entrySet().stream()
                .anyMatch(slot -> !slot.getValue().state().equals("FILLED")
                        && state.of(slot.getKey().pair(), who)
                                .map(lease -> lease.state().equals("LOST"))
                                .orElse(true));
        if (others) {
            return "HELD_BY_OTHERS";
        }
        boolean skipped = state.leases().values().stream()
                .filter(lease -> lease.annotator().equals(who) && lease.state().equals("SKIPPED"))
                .anyMatch(lease -> lease.slot() == null
                        || state.places(lease.pair()).stream()
                                .anyMatch(place ->
                                        !state.slots().get(place).state().equals("FILLED")));
        return skipped ? "SKIPPED_BY_YOU" : "ALL_LABELLED";
    }

    /** Pairs that wait for labels and were skipped, and that no member is left for. */
    long stuck() {
        return state.slots().keySet().stream()
                .filter(state::isOpen)
                .map(Place::pair)
                .distinct()
                .filter(pair -> state.leases().values().stream()
                        .anyMatch(lease ->
                                lease.pair().equals(pair) && lease.state().equals("SKIPPED")))
                .filter(pair -> members.stream()
                        .allMatch(member -> state.of(pair, member)
                                .filter(lease -> !lease.state().equals("LOST"))
                                .isPresent()))
                .count();
    }

    /** What must hold whatever happened. */
    void invariants() {
        for (var slot : state.slots().keySet()) {
            var filled = state.labels().entrySet().stream()
                    .filter(label ->
                            !label.getValue().skip() && label.getValue().slot() != null)
                    .filter(label -> !state.isSuperseded(label.getKey()))
                    .filter(label ->
                            state.leases().get(label.getValue().lease()).pair().equals(slot.pair()))
                    .map(label -> state.leases().get(label.getValue().lease()).annotator())
                    .toList();
            assertThat(filled).as("two labels of one annotator on a pair").doesNotHaveDuplicates();
            assertThat(filled).as("labels on a pair").hasSize((int) state.places(slot.pair()).stream()
                    .filter(place -> state.slots().get(place).state().equals("FILLED"))
                    .count());
        }
        var holders = new ArrayList<UUID>();
        Stream.concat(
                        state.slots().values().stream().map(Slot::lease),
                        state.slots().values().stream().map(Slot::label))
                .filter(id -> id != null)
                .forEach(holders::add);
        assertThat(holders).as("what is in two slots").doesNotHaveDuplicates();
    }
}
