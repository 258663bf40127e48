package org.diptych.service.reward;

import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Compares two versions of a campaign, for its leads. A worker does it: the models have to judge every pair again. */
@Service
@Transactional
@Unaudited("a question; nothing of the campaign changes")
public class VersionComparisons {
    private static final ModelInquiry.Kind KIND = ModelInquiry.Kind.COMPARISON;

    private final ModelInquiries inquiries;
    private final StoredVersions versions;
    private final CampaignAccess access;
    private final JsonMapper json;

    VersionComparisons(ModelInquiries inquiries, StoredVersions versions, CampaignAccess access, JsonMapper json) {
        this.inquiries = inquiries;
        this.versions = versions;
        this.access = access;
        this.json = json;
    }

    /**
     * Asks for a comparison.
     *
     * @return by what {@link #find} finds it
     * @throws Problem {@code unknown_model}; {@code same_version}
     */
    public UUID ask(SignedIn who, UUID campaign, VersionComparison.Question question) {
        access.requireLead(who, campaign);
        requireVersion(campaign, question.first(), "first");
        requireVersion(campaign, question.second(), "second");
        if (question.first() == question.second()) {
            throw Problem.invalid("same_version", "second", "Choose two different versions to compare.");
        }
        return inquiries.ask(who.id(), campaign, KIND, question);
    }

    private void requireVersion(UUID campaign, int number, String field) {
        if (versions.findByCampaignAndNumber(campaign, number).isEmpty()) {
            throw Problem.notFound("unknown_model", "This campaign has no model version " + number + ".")
                    .with("field", field);
        }
    }

    /** How far a comparison is, and what it found. */
    @Transactional(readOnly = true)
    public Compared find(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        var inquiry = inquiries.find(campaign, KIND, id);
        var answer = inquiry.answer();
        return new Compared(
                id,
                inquiry.state(),
                answer == null ? null : json.readValue(answer, VersionComparison.class),
                inquiry.message());
    }

    /**
     * Gives a comparison up.
     *
     * @throws Problem {@code asked_by_another}; {@code unknown_inquiry}
     */
    public void cancel(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        inquiries.cancel(who.id(), campaign, KIND, id);
    }

    /**
     * A comparison.
     *
     * @param result what was found, once it is done
     * @param message why it failed
     */
    public record Compared(
            UUID id,
            ModelInquiry.State state,
            @Nullable VersionComparison result,
            @Nullable String message) {}
}
