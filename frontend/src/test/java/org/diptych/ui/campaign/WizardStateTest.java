package org.diptych.ui.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.campaign.CheckedPairs;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.campaign.ManifestContents;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDraft.Source;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.draft.DraftChoices;
import org.diptych.service.quality.GoldSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where somebody is on the way to a campaign. */
class WizardStateTest {
    private static DraftChoices choices(int step, String name, @Nullable UUID addTo) {
        return new DraftChoices(
                step,
                name,
                addTo,
                "edit-preference-v1",
                CampaignSettings.DEFAULT,
                new GoldSettings(0.1, GoldSettings.Feedback.NONE),
                List.of(
                        new DraftChoices.Person("mei", "Mei Lin", MemberRole.ANNOTATOR),
                        new DraftChoices.Person("rosa", null, MemberRole.ANNOTATOR),
                        new DraftChoices.Person("kai", null, MemberRole.ADJUDICATOR)));
    }

    private static CheckedPairs checked(long items, long pairs) {
        return new CheckedPairs(
                new ImportReport(null, "", true, items, 2 * items, pairs, 0, 1, List.of(), 0, List.of()),
                new ManifestContents(items, Map.of(), Map.of(), Map.of(), Map.of("gold", 20L)));
    }

    private static CampaignDraft draft(
            DraftChoices choices, @Nullable Source source, @Nullable CheckedPairs checked, Work work) {
        return new CampaignDraft(
                UUID.randomUUID(),
                3,
                "Lea",
                choices,
                source,
                checked,
                work,
                0,
                null,
                work == Work.LAUNCHED ? UUID.randomUUID() : null,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static final Source ARCHIVE = new Source("wave.zip", null);

    @Test
    void who_comes_back_goes_on_where_they_were() {
        var state = WizardState.of(draft(choices(3, "wave", null), ARCHIVE, checked(10, 10), Work.NONE));
        assertThat(state.step()).isEqualTo(WizardStep.OVERLAP);
        assertThat(state.ready()).isTrue();
        assertThat(state.read()).containsExactly("3");
    }

    @Test
    void more_pairs_for_a_campaign_leave_out_what_it_has_already() {
        var state = WizardState.of(draft(choices(3, "wave", UUID.randomUUID()), ARCHIVE, checked(10, 10), Work.NONE));
        assertThat(state.step()).isEqualTo(WizardStep.PAIRS);
        assertThat(WizardStep.PAIRS.next(state.newCampaign())).isEqualTo(WizardStep.REVIEW);
        assertThat(WizardStep.REVIEW.previous(state.newCampaign())).isEqualTo(WizardStep.PAIRS);
    }

    @Test
    void what_stands_against_going_on_is_said_in_its_order() {
        assertThat(WizardState.FIRST.obstacle()).contains(WizardState.Obstacle.NO_NAME);
        assertThat(WizardState.of(draft(choices(1, "wave", null), null, null, Work.NONE))
                        .obstacle())
                .contains(WizardState.Obstacle.NO_PAIRS);
        assertThat(WizardState.of(draft(choices(1, "wave", null), ARCHIVE, checked(0, 0), Work.NONE))
                        .obstacle())
                .contains(WizardState.Obstacle.NOTHING_TO_IMPORT);
    }

    @Test
    void one_goes_on_while_pairs_are_checked_but_starts_nothing() {
        var state = WizardState.of(draft(choices(1, "wave", null), ARCHIVE, null, Work.CHECKING));
        assertThat(state.obstacle()).isEmpty();
        assertThat(state.ready()).isFalse();
    }

    @Test
    void a_launch_takes_every_window_to_its_end() {
        var before = WizardState.of(draft(choices(2, "wave", null), ARCHIVE, checked(10, 10), Work.NONE));
        var after = before.with(draft(choices(2, "wave", null), ARCHIVE, checked(10, 10), Work.LAUNCHING));
        assertThat(after.step()).isEqualTo(WizardStep.REVIEW);
        assertThat(after.locked()).isTrue();
        assertThat(after.ready()).isFalse();
    }

    @Test
    void what_another_window_chose_is_not_taken_for_what_this_one_shows() {
        var before = WizardState.of(draft(choices(2, "wave", null), ARCHIVE, null, Work.CHECKING));
        var elsewhere = draft(choices(2, "tide", null), ARCHIVE, checked(10, 10), Work.NONE);
        var later = new CampaignDraft(
                elsewhere.id(),
                4,
                "Lea",
                elsewhere.choices(),
                ARCHIVE,
                elsewhere.checked(),
                Work.NONE,
                10,
                null,
                null,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        var after = before.heard(later);
        assertThat(after.read()).containsExactly("3");
        assertThat(after.choices().name()).isEqualTo("wave");
        assertThat(after.checked()).isPresent();
        assertThat(after.working()).isFalse();
        assertThat(WizardState.of(later).heard(later).read()).containsExactly("4");
    }

    @Test
    void a_refused_field_is_on_one_step() {
        assertThat(List.of("name", "settings.mostLabels", "gold.rate", "people[2].name", "body"))
                .extracting(WizardStep::of)
                .containsExactly(
                        WizardStep.PAIRS, WizardStep.OVERLAP, WizardStep.QUALITY, WizardStep.PEOPLE, WizardStep.REVIEW);
    }

    /** 1,000 pairs to label: 100 uniform with 3 labels, 900 with one: 1,200; a tenth of what is handed out is gold. */
    @Test
    void the_work_is_reckoned_from_what_is_chosen() {
        var numbers = DraftNumbers.of(choices(6, "wave", null), checked(1_020, 1_020), 36);
        assertThat(numbers.pairs()).isEqualTo(1_000);
        assertThat(numbers.labels()).isEqualTo(1_200);
        assertThat(numbers.gold()).isEqualTo(133);
        assertThat(numbers.hours()).isCloseTo(13.33, within(0.01));
        assertThat(numbers.annotators()).isEqualTo(2);
        assertThat(numbers.days()).isCloseTo(1.333, within(0.001));
    }

    @Test
    void a_plan_is_taken_over_as_a_share_in_whole_hundredths() {
        assertThat(OverlapPart.share(400, 3_000)).isEqualTo(0.14);
        assertThat(OverlapPart.share(400, 100)).isEqualTo(1);
    }
}
