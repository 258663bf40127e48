package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.assignment.LabellingState.Held;
import org.diptych.service.assignment.LabellingState.Place;
import org.diptych.service.assignment.LabellingState.Slot;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What one claim, or several at once, may do to a campaign's labelling. Which pairs they give is theirs to choose.
 *
 * @param who claims
 * @param count how many pairs each of them is to hold
 * @param alone whether nothing else was under way, so that the claim must have found what there was
 */
@NullUnmarked
record LabellingClaims(LabellingModel model, Set<UUID> who, int count, boolean alone) {
    /** Takes over what the claims have done, if they were allowed to. */
    void takeOver(LabellingState now) {
        var state = model.state;
        assertThat(now.labels()).isEqualTo(state.labels());
        assertThat(now.slots().keySet()).isEqualTo(state.slots().keySet());
        var overdueBefore = overdue();
        if (!model.campaign.equals("CLOSED")) {
            who.stream().filter(model.members::contains).forEach(model::extend);
        }
        // who claims extends what they hold first, unless another claim of the same moment was quicker and took it back
        var free = alone ? overdue() : overdueBefore;
        for (var id : now.leases().keySet()) {
            var before = state.leases().get(id);
            var after = now.leases().get(id);
            if (!after.equals(before)) {
                change(id, before, after, free);
            }
        }
        for (var lease : now.leases().entrySet()) {
            var held = lease.getValue();
            if (held.state().equals("LEASED") && held.slot() != null) {
                state.slots()
                        .computeIfPresent(
                                new Place(held.pair(), held.slot()),
                                (_, slot) -> new Slot(slot.extra(), "LEASED", lease.getKey(), null));
            }
        }
        if (alone && model.campaign.equals("OPEN") && model.members.containsAll(who)) {
            who.forEach(
                    one -> assertThat(held(one) >= count || model.waiting(one).isEmpty())
                            .as("a claim found nothing although %s wait", model.waiting(one))
                            .isTrue());
        }
    }

    /** A lease is taken back, given, or both: by several claims at once, in another slot of its pair. */
    private void change(UUID id, @Nullable Held before, Held after, Set<UUID> free) {
        assertThat(model.campaign).isEqualTo("OPEN");
        boolean given = after.state().equals("LEASED") && (before == null || before.token() != after.token());
        boolean takenBack = before != null && before.isHeld() && (given || !after.isHeld());
        if (takenBack) {
            assertThat(free).as("what may be taken back").contains(id);
            model.release(id);
        }
        if (given) {
            requireLeasable(before, after, free);
        } else {
            assertThat(after)
                    .as("a claim has no business with")
                    .isEqualTo(takenBack ? before.in("LOST").running(false) : before);
        }
        model.state.leases().put(id, after);
    }

    private void requireLeasable(@Nullable Held before, Held after, Set<UUID> free) {
        assertThat(who).contains(after.annotator());
        assertThat(model.members).contains(after.annotator());
        assertThat(after.protocol()).isEqualTo(model.protocol);
        assertThat(before == null || !before.state().matches("LABELLED|SKIPPED"))
                .isTrue();
        if (after.slot() == null) {
            assertThat(model.known).contains(after.pair());
        } else {
            var slot = model.state.slots().get(new Place(after.pair(), after.slot()));
            assertThat(slot.state().equals("OPEN") || (slot.state().equals("LEASED") && free.contains(slot.lease())))
                    .as("%s was free for %s", slot, after)
                    .isTrue();
        }
    }

    /**
     * Leases that a claim may take back when there is nothing else. Gold has no slot that anybody waits for, and goes with
     * those that its annotator loses.
     */
    private Set<UUID> overdue() {
        var overdue = new LinkedHashSet<UUID>();
        var losers = new HashSet<UUID>();
        model.state.leases().forEach((id, lease) -> {
            if (lease.isHeld() && lease.expired() && lease.slot() != null) {
                overdue.add(id);
                losers.add(lease.annotator());
            }
        });
        model.state.leases().forEach((id, lease) -> {
            if (lease.state().equals("LEASED")
                    && lease.expired()
                    && lease.slot() == null
                    && losers.contains(lease.annotator())) {
                overdue.add(id);
            }
        });
        return overdue;
    }

    private long held(UUID who) {
        return model.state.leases().values().stream()
                .filter(lease -> lease.annotator().equals(who) && lease.state().equals("LEASED"))
                .count();
    }
}
