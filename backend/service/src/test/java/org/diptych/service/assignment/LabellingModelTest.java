package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.UUID;
import org.diptych.service.assignment.LabellingState.Held;
import org.diptych.service.assignment.LabellingState.Place;
import org.diptych.service.assignment.LabellingState.Slot;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service is measured by allows all that is right, and nothing else. */
@NullUnmarked
class LabellingModelTest {
    private static final String PROTOCOL = "a version";

    private final UUID pair = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private final UUID lease = UUID.randomUUID();
    private final LabellingModel model = new LabellingModel(true, 3, Set.of(), PROTOCOL);

    /** A pair with two slots, of which one annotator holds the first. */
    @BeforeEach
    void a_lease_that_ran_out() {
        model.members.addAll(Set.of(ann, ben));
        held(model.state, "LEASED", 0, 1, true);
        model.state.slots().put(place(0), leased());
        model.state.slots().put(place(1), Slot.open(false));
    }

    private void held(LabellingState state, String as, int slot, long token, boolean expired) {
        state.leases().put(lease, new Held(pair, ann, slot, as, token, PROTOCOL, expired));
    }

    private Place place(int ordinal) {
        return new Place(pair, ordinal);
    }

    private Slot leased() {
        return new Slot(false, "LEASED", lease, null);
    }

    private LabellingState heldAgainInTheOtherSlot() {
        var now = model.state.copy();
        held(now, "LEASED", 1, 2, false);
        now.slots().put(place(0), Slot.open(false));
        now.slots().put(place(1), leased());
        return now;
    }

    @Test
    void a_lease_that_one_claim_takes_back_may_come_from_another_in_the_other_slot_of_its_pair() {
        var now = heldAgainInTheOtherSlot();
        new LabellingClaims(model, Set.of(ann, ben), 3, false).takeOver(now);
        assertThat(model.state).isEqualTo(now);
    }

    @Test
    void no_claim_takes_a_lease_back_that_has_not_run_out() {
        held(model.state, "LEASED", 0, 1, false);
        var again = heldAgainInTheOtherSlot();
        assertThatThrownBy(() -> new LabellingClaims(model.copy(), Set.of(ann, ben), 3, false).takeOver(again))
                .isInstanceOf(AssertionError.class);
        var lost = model.state.copy();
        held(lost, "LOST", 0, 1, false);
        lost.slots().put(place(0), Slot.open(false));
        assertThatThrownBy(() -> new LabellingClaims(model.copy(), Set.of(ann, ben), 3, false).takeOver(lost))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void who_claims_alone_keeps_what_they_hold() {
        var again = heldAgainInTheOtherSlot();
        assertThatThrownBy(() -> new LabellingClaims(model, Set.of(ann), 3, true).takeOver(again))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void an_answer_to_be_kept_beside_the_labels_runs_on_while_its_annotator_works_on_it_and_on_nothing_else() {
        held(model.state, "EXTRA", 0, 1, true);
        var other = UUID.randomUUID();
        model.state.leases().put(other, new Held(UUID.randomUUID(), ann, 0, "LEASED", 2, PROTOCOL, true));
        model.heartbeat(ann, other, 2);
        assertThat(model.state.leases().get(lease).expired()).isTrue();
        model.heartbeat(ann, lease, 1);
        assertThat(model.state.leases().get(lease).expired()).isFalse();
        held(model.state, "EXTRA", 0, 1, true);
        model.renew(ann, lease, 0);
        assertThat(model.state.leases().get(lease).expired()).isFalse();
    }
}
