package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.Set;
import org.diptych.service.draft.CampaignDraft.Failure;
import org.diptych.service.problem.Problem;

/** What refusals say in the language of the page, where it can be said without what the server knows. */
final class WizardWords {
    private static final Set<String> SAID = Set.of(
            "archive_too_large",
            "busy",
            "campaign_changed",
            "campaign_closed",
            "campaign_renamed",
            "changed_meanwhile",
            "draft_at_work",
            "draft_launched",
            "failed",
            "interrupted",
            "invalid_archive",
            "last_lead",
            "listed_twice",
            "maker_listed",
            "name_taken",
            "no_manifest",
            "no_pairs",
            "no_pictures",
            "not_a_member",
            "not_an_administrator",
            "not_checked",
            "nothing_to_import",
            "pairs_changed",
            "too_many_drafts",
            "unknown_account",
            "unknown_draft",
            "unknown_folder",
            "upload_gone");

    private WizardWords() {}

    static String of(Problem problem) {
        return of(problem.code(), problem.detail());
    }

    static String of(Failure failure) {
        return of(failure.code(), failure.detail());
    }

    private static String of(String code, String detail) {
        return SAID.contains(code) ? translate("wizard.problem." + code, detail) : detail;
    }

    static String field(Problem problem) {
        return String.valueOf(problem.properties().getOrDefault("field", ""));
    }
}
