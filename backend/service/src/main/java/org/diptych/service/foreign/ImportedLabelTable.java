package org.diptych.service.foreign;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tables of imported labels, to which rows are only added, each with its place in the chain of its campaign. */
@Repository
class ImportedLabelTable {
    private final JdbcClient jdbc;

    ImportedLabelTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Two candidates of an item, by their places, the lesser first. */
    record Edits(String item, int first, int second) {}

    /** Makes other imports of labels into the campaign wait until the transaction ends. */
    void queue(UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('imported labels ' || ?, 0))")
                .param(campaign.toString())
                .query()
                .listOfRows();
    }

    /** The pairs of some items. */
    Map<Edits, UUID> pairs(UUID campaign, Collection<String> items) {
        var pairs = new HashMap<Edits, UUID>();
        jdbc.sql("""
                        SELECT i.external_id, f.ordinal, s.ordinal, p.id
                        FROM item i JOIN pair p ON p.item_id = i.id JOIN candidate f ON f.id = p.first_candidate_id
                        JOIN candidate s ON s.id = p.second_candidate_id
                        WHERE i.campaign_id = ? AND i.external_id = ANY (?::text[])""").params(campaign, items.toArray(String[]::new)).query(row -> {
            pairs.put(new Edits(row.getString(1), row.getInt(2), row.getInt(3)), row.getObject(4, UUID.class));
        });
        return pairs;
    }

    /** The annotators of these names, who are added where they are new. */
    Map<String, UUID> annotators(UUID campaign, Tool tool, Collection<String> names) {
        var asked = names.stream().distinct().sorted().toArray(String[]::new);
        jdbc.sql("""
                        INSERT INTO imported_annotator (campaign_id, tool, name)
                        SELECT ?, ?, n FROM unnest(?::text[]) AS t (n) ON CONFLICT DO NOTHING""").params(campaign, tool.word(), asked).update();
        var annotators = new HashMap<String, UUID>();
        jdbc.sql(
                        "SELECT name, id FROM imported_annotator WHERE campaign_id = ? AND tool = ? AND name = ANY (?::text[])")
                .params(campaign, tool.word(), asked)
                .query(row -> {
                    annotators.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return annotators;
    }

    /** The answers of those of the given labels that are there. */
    Map<UUID, JsonNode> answers(Collection<UUID> labels) {
        var answers = new HashMap<UUID, JsonNode>();
        jdbc.sql("SELECT id, answers::text FROM imported_label WHERE id = ANY (?::uuid[])")
                .param(labels.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    answers.put(
                            row.getObject(1, UUID.class), JsonMapper.shared().readTree(row.getString(2)));
                });
        return answers;
    }

    /** The same for the same answer of the same annotator to the same pair. */
    static UUID id(UUID campaign, UUID pair, Tool tool, ImportedLabel label) {
        var text = String.join("\n", campaign.toString(), pair.toString(), tool.word(), label.annotator(), label.key());
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a label is when it is written. */
    record Written(
            UUID id,
            UUID pair,
            UUID annotator,
            Protocol protocol,
            String answers,
            boolean swapped,
            ImportedLabel label) {}

    /** The last place of a chain, and its hash. */
    record Head(long position, byte @Nullable [] hash) {}

    /** Where the chain of a campaign ends. */
    Head head(UUID campaign) {
        return jdbc.sql(
                        "SELECT position, hash FROM imported_label WHERE campaign_id = ? ORDER BY position DESC LIMIT 1")
                .param(campaign)
                .query((row, number) -> new Head(row.getLong(1), row.getBytes(2)))
                .optional()
                .orElseGet(() -> new Head(0, null));
    }

    /** Adds a label behind the last one. */
    Head add(UUID campaign, UUID importer, Tool tool, Head head, Written written) {
        var label = written.label();
        var origin = JsonNodeFactory.instance.objectNode();
        origin.put("tool", tool.word());
        origin.put("file", label.file());
        origin.put("row", label.row());
        origin.put("annotator", label.annotator());
        origin.set("fields", label.fields());
        var verdicts = written.protocol().verdicts(AnswerJson.fromStored(written.answers()));
        var hash = jdbc.sql("""
                        WITH l AS (SELECT :position::bigint AS position, :id::uuid AS id, :campaign::uuid AS campaign_id,
                                :pair::uuid AS pair_id, :annotator::uuid AS annotator_id, :protocol::text AS protocol_sha256,
                                :answers::jsonb AS answers, :verdicts::jsonb AS verdicts, :swapped::boolean AS swapped,
                                :active::bigint AS active_milliseconds,
                                coalesce(:submitted::timestamptz, now()) AS submitted_at, :origin::jsonb AS origin,
                                :importer::uuid AS imported_by)
                        INSERT INTO imported_label (position, id, campaign_id, pair_id, annotator_id, protocol_sha256, answers,
                            verdicts, swapped, active_milliseconds, submitted_at, origin, imported_by, hash)
                        SELECT l.*, sha256(coalesce(:before::bytea, """ + ImportedChain.BEGINNING + ") || " + ImportedChain.CONTENT + ") FROM l RETURNING hash")
                .param("position", head.position() + 1)
                .param("id", written.id())
                .param("campaign", campaign)
                .param("pair", written.pair())
                .param("annotator", written.annotator())
                .param("protocol", written.protocol().sha256())
                .param("answers", written.answers())
                .param("verdicts", AnswerJson.verdictsToStored(verdicts))
                .param("swapped", written.swapped())
                .param("active", label.activeMilliseconds())
                .param(
                        "submitted",
                        label.submitted() == null ? null : label.submitted().atOffset(ZoneOffset.UTC))
                .param("origin", origin.toString())
                .param("importer", importer)
                .param("before", head.hash())
                .query(byte[].class)
                .single();
        return new Head(head.position() + 1, hash);
    }

    /** All campaigns' names for a batch, in one list. */
    static List<String> items(List<ImportedLabel> batch) {
        return batch.stream().map(ImportedLabel::item).distinct().toList();
    }
}
