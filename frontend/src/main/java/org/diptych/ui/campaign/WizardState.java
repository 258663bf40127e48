package org.diptych.ui.campaign;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.campaign.CheckedPairs;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.draft.DraftChoices;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is on the way to a campaign: what was read of the draft, and the step that is shown.
 *
 * @param draft null before anything was kept
 * @param step that is shown
 */
record WizardState(@Nullable CampaignDraft draft, WizardStep step) {
    /** Before anything was kept. */
    static final WizardState FIRST = new WizardState(null, WizardStep.PAIRS);

    /** A draft at the step at which its maker left it, or where it is on its way. */
    static WizardState of(CampaignDraft draft) {
        boolean underWay = draft.work() == Work.LAUNCHING || draft.work() == Work.LAUNCHED;
        var left = WizardStep.numbered(draft.choices().step(), draft.choices().addTo() == null);
        return new WizardState(draft, underWay ? WizardStep.REVIEW : left);
    }

    WizardState at(WizardStep other) {
        return new WizardState(draft, other);
    }

    /** The same step of the draft as it is now. */
    WizardState with(CampaignDraft read) {
        var now = of(read);
        return now.locked() ? now : new WizardState(read, step);
    }

    /**
     * What has become of the pairs meanwhile. What somebody has chosen in another window stays unread: the fields of this
     * one do not show it, so that writing them must be refused.
     */
    WizardState heard(CampaignDraft now) {
        if (draft == null || now.choices().equals(draft.choices()) || of(now).locked()) {
            return with(now);
        }
        return new WizardState(
                new CampaignDraft(
                        draft.id(),
                        draft.version(),
                        draft.owner(),
                        draft.choices(),
                        now.source(),
                        now.checked(),
                        now.work(),
                        now.rowsRead(),
                        now.failure(),
                        now.campaign(),
                        now.newAccounts(),
                        draft.createdAt(),
                        now.changedAt()),
                step);
    }

    DraftChoices choices() {
        return draft == null ? DraftChoices.FIRST : draft.choices();
    }

    Optional<UUID> id() {
        return Optional.ofNullable(draft).map(CampaignDraft::id);
    }

    /** What must still hold when something is written. */
    Set<String> read() {
        return draft == null ? Set.of() : Set.of(draft.tag());
    }

    boolean newCampaign() {
        return choices().addTo() == null;
    }

    boolean working() {
        return draft != null && (draft.work() == Work.CHECKING || draft.work() == Work.LAUNCHING);
    }

    /** Whether nothing can be chosen any more. */
    boolean locked() {
        return draft != null && (draft.work() == Work.LAUNCHING || draft.work() == Work.LAUNCHED);
    }

    Optional<CheckedPairs> checked() {
        return Optional.ofNullable(draft).map(CampaignDraft::checked);
    }

    /** What stands against leaving the first step: nothing can be chosen for pairs that nobody can import. */
    Optional<Obstacle> obstacle() {
        if (choices().name().isBlank()) {
            return Optional.of(Obstacle.NO_NAME);
        }
        if (draft == null || draft.source() == null) {
            return Optional.of(Obstacle.NO_PAIRS);
        }
        return checked().filter(found -> found.report().items() == 0).map(_ -> Obstacle.NOTHING_TO_IMPORT);
    }

    /** Why a step cannot be left. */
    enum Obstacle {
        NO_NAME,
        NO_PAIRS,
        NOTHING_TO_IMPORT
    }

    /** Whether the campaign can be started now. */
    boolean ready() {
        return obstacle().isEmpty() && checked().isPresent() && !working() && !locked();
    }
}
