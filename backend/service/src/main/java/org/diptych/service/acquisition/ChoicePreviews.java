package org.diptych.service.acquisition;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelInquiries;
import org.diptych.service.reward.ModelInquiry;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Shows leads what settings would choose before they hold. A worker chooses; nothing is written to the queue. */
@Service
@Transactional
@Unaudited("a question; nothing of the campaign changes")
public class ChoicePreviews {
    private static final ModelInquiry.Kind KIND = ModelInquiry.Kind.PREVIEW;
    /** More than this would not be looked at, and holds a worker up. */
    private static final int MOST_CHOSEN = 1_000;

    private final ModelInquiries inquiries;
    private final CampaignAccess access;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ChoicePreviews(ModelInquiries inquiries, CampaignAccess access, JdbcClient jdbc, JsonMapper json) {
        this.inquiries = inquiries;
        this.access = access;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Asks what settings would choose.
     *
     * @return by what {@link #find} finds it
     * @throws Problem {@code invalid_settings} with the field; {@code no_model} before there is an active version
     */
    public UUID ask(SignedIn who, UUID campaign, ChoicePreview.Settings settings) {
        access.requireLead(who, campaign);
        require(
                AcquisitionPolicy.names().contains(settings.acquisitionPolicy()),
                "acquisitionPolicy",
                "one of " + String.join(", ", AcquisitionPolicy.names()));
        require(
                settings.acquisitionBatch() >= 1 && settings.acquisitionBatch() <= MOST_CHOSEN,
                "acquisitionBatch",
                "a whole number from 1 to " + MOST_CHOSEN + " in a preview");
        require(settings.uniformShare() > 0 && settings.uniformShare() <= 1, "uniformShare", "more than 0, at most 1");
        boolean model = jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM model_version WHERE campaign_id = ? AND state = 'ACTIVE')")
                .param(campaign)
                .query(Boolean.class)
                .single();
        if (!model) {
            throw Problem.conflict(
                    "no_model",
                    "This campaign has no active model yet, so nothing can be chosen by it. Train one first.");
        }
        return inquiries.ask(who.id(), campaign, KIND, settings);
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid("invalid_settings", field, field + " must be " + expected + ".");
        }
    }

    /** How far a preview is, and what would be chosen. */
    @Transactional(readOnly = true)
    public Preview find(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        var inquiry = inquiries.find(campaign, KIND, id);
        var answer = inquiry.answer();
        var result = answer == null ? null : json.readValue(answer, ChoicePreview.class);
        return new Preview(
                id,
                inquiry.state(),
                json.readValue(inquiry.question(), ChoicePreview.Settings.class),
                result,
                result == null ? List.of() : entries(campaign, result),
                inquiry.message());
    }

    /**
     * Gives a preview up.
     *
     * @throws Problem {@code asked_by_another}; {@code unknown_inquiry}
     */
    public void cancel(SignedIn who, UUID campaign, UUID id) {
        access.requireLead(who, campaign);
        inquiries.cancel(who.id(), campaign, KIND, id);
    }

    /** The pairs as the queue would list them. */
    private List<QueueEntry> entries(UUID campaign, ChoicePreview preview) {
        var chosen = new HashMap<UUID, ChoicePreview.Chosen>();
        preview.first().forEach(pair -> chosen.put(pair.pair(), pair));
        return jdbc.sql("""
                        SELECT t.pair, t.place, i.external_id, i.instruction, i.category, i.source_sha256,
                            f.image_sha256 AS first_image, s.image_sha256 AS second_image, p.stratum,
                            (SELECT count(*) FROM slot WHERE pair_id = p.id AND state = 'FILLED') AS filled,
                            (SELECT count(*) FROM slot WHERE pair_id = p.id) AS wanted,
                            EXISTS (SELECT 1 FROM pair_vetoed v WHERE v.pair_id = p.id) AS vetoed
                        FROM unnest(?::uuid[]) WITH ORDINALITY AS t (pair, place)
                        JOIN pair p ON p.id = t.pair AND p.campaign_id = ? JOIN item i ON i.id = p.item_id
                        JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                        ORDER BY t.place""")
                .params(preview.first().stream().map(ChoicePreview.Chosen::pair).toArray(UUID[]::new), campaign)
                .query((row, number) -> {
                    var pair = Objects.requireNonNull(chosen.get(row.getObject("pair", UUID.class)));
                    return new QueueEntry(
                            pair.pair(),
                            row.getString("external_id"),
                            row.getString("instruction"),
                            row.getString("category"),
                            row.getString("source_sha256"),
                            row.getString("first_image"),
                            row.getString("second_image"),
                            row.getString("stratum").toLowerCase(Locale.ROOT),
                            preview.newPairs() + preview.opinions() - row.getInt("place") + 1,
                            pair.selectionProbability(),
                            json.writeValueAsString(pair.scoreParts()),
                            row.getInt("filled"),
                            row.getInt("wanted"),
                            pair.another(),
                            preview.policy(),
                            preview.model(),
                            false,
                            row.getBoolean("vetoed"));
                })
                .list();
    }

    /**
     * A preview.
     *
     * @param asked the settings it is of
     * @param result what would be chosen, once that is known
     * @param pairs the first pairs of it, as the queue would list them
     * @param message why it failed
     */
    public record Preview(
            UUID id,
            ModelInquiry.State state,
            ChoicePreview.Settings asked,
            @Nullable ChoicePreview result,
            List<QueueEntry> pairs,
            @Nullable String message) {}
}
