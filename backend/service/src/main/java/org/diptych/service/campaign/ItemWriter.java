package org.diptych.service.campaign;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.image.ImageCatalogue;
import org.diptych.service.image.ImageStaging;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes items with their candidates, pairs and slots: one statement per table for a whole batch. */
@Component
class ItemWriter {
    private final JdbcClient jdbc;
    private final ImageCatalogue images;
    private final KnownAnswerWriter knownAnswers;

    ItemWriter(JdbcClient jdbc, ImageCatalogue images, KnownAnswerWriter knownAnswers) {
        this.jdbc = jdbc;
        this.images = images;
        this.knownAnswers = knownAnswers;
    }

    /** Makes other imports into the campaign wait until the transaction ends; all else goes on. */
    void queue(UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('import ' || ?, 0))")
                .param(campaign.toString())
                .query()
                .listOfRows();
    }

    /** Makes other imports and changes of the campaign wait until the transaction ends; labelling goes on. */
    void lock(UUID campaign) {
        queue(campaign);
        hold(campaign);
    }

    /** Makes changes of the campaign wait until the transaction ends. */
    void hold(UUID campaign) {
        jdbc.sql("SELECT id FROM campaign WHERE id = ? FOR NO KEY UPDATE")
                .param(campaign)
                .query(UUID.class)
                .single();
    }

    /** What of a campaign decides how its pairs are written. */
    record Terms(boolean closed, String protocolSha256, double uniformShare, int uniformLabels, int acquiredLabels) {}

    /** The terms as they are in the database now, whatever was read before. */
    Terms terms(UUID campaign) {
        return jdbc.sql("""
                        SELECT state = 'CLOSED' AS closed, protocol_sha256, uniform_share, uniform_labels, acquired_labels
                        FROM campaign WHERE id = ?""").param(campaign).query(Terms.class).single();
    }

    /** Of the staged pictures, keeps those that the campaign refers to. */
    void keepReferred(UUID campaign, ImageStaging staging) throws IOException {
        staging.keepReferred(digests -> Set.copyOf(
                jdbc.sql("SELECT sha256 FROM campaign_image WHERE campaign_id = ? AND sha256 = ANY (?::text[])")
                        .params(campaign, digests.toArray(String[]::new))
                        .query(String.class)
                        .list()));
    }

    /** The content digests of those of the given items that are in the campaign. */
    Map<String, String> contents(UUID campaign, Collection<String> itemIds) {
        var contents = new HashMap<String, String>();
        jdbc.sql("SELECT external_id, content_sha256 FROM item WHERE campaign_id = ? AND external_id = ANY (?::text[])")
                .params(campaign, itemIds.toArray(String[]::new))
                .query(row -> {
                    contents.put(row.getString(1), row.getString(2));
                });
        return contents;
    }

    /** By the id of a row: its task, and the id of another item of the campaign that has the same task. */
    Map<String, Map<String, String>> itemsOfTasks(UUID campaign, List<PreparedRow> rows) {
        var asking = rows.stream().filter(row -> row.taskSha256() != null).toList();
        var items = new HashMap<String, Map<String, String>>();
        jdbc.sql("""
                        SELECT t.id, t.task, min(i.external_id)
                        FROM unnest(?::text[], ?::text[]) AS t (id, task)
                        JOIN item i ON i.campaign_id = ? AND i.task_sha256 = t.task AND i.external_id <> t.id
                        GROUP BY t.id, t.task""")
                .params(
                        texts(asking.stream().map(r -> r.row().id()).toList()),
                        asking.stream().map(PreparedRow::taskSha256).toArray(String[]::new),
                        campaign)
                .query(row -> {
                    items.put(row.getString(1), Map.of(row.getString(2), row.getString(3)));
                });
        return items;
    }

    /** Writes new items; the objects of their pictures must be stored already. */
    void insert(Campaign campaign, List<PreparedRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        images.add(campaign.id(), rows.stream().flatMap(PreparedRow::allImages).toList());
        var items = insertItems(campaign.id(), rows);
        var candidates = insertCandidates(campaign.id(), rows, items);
        insertPairs(campaign, rows, items, candidates);
        insertSlots(campaign, items.values());
        knownAnswers.insert(campaign.id(), rows, items);
    }

    private Map<String, UUID> insertItems(UUID campaign, List<PreparedRow> rows) {
        var items = new HashMap<String, UUID>();
        jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, category, source_sha256, metadata,
                                          content_sha256, task_sha256)
                        SELECT ?, t.id, t.instruction, t.category, t.source, t.metadata::jsonb, t.content, t.task
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             AS t (id, instruction, category, source, metadata, content, task)
                        RETURNING external_id, id""")
                .params(
                        campaign,
                        texts(rows.stream().map(r -> r.row().id()).toList()),
                        texts(rows.stream().map(r -> r.row().instruction()).toList()),
                        rows.stream().map(r -> r.row().category()).toArray(String[]::new),
                        texts(rows.stream()
                                .map(r -> r.source().image().sha256())
                                .toList()),
                        texts(rows.stream()
                                .map(r -> r.row().metadata().toString())
                                .toList()),
                        texts(rows.stream().map(PreparedRow::contentSha256).toList()),
                        rows.stream().map(PreparedRow::taskSha256).toArray(String[]::new))
                .query(row -> {
                    items.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return items;
    }

    private record CandidateKey(UUID item, int ordinal) {}

    private Map<CandidateKey, UUID> insertCandidates(UUID campaign, List<PreparedRow> rows, Map<String, UUID> items) {
        var item = new ArrayList<String>();
        var ordinal = new ArrayList<Integer>();
        var model = new ArrayList<String>();
        var path = new ArrayList<String>();
        var image = new ArrayList<String>();
        var seed = new ArrayList<@Nullable BigDecimal>();
        var metadata = new ArrayList<String>();
        for (var row : rows) {
            for (var index = 0; index < row.images().size(); index++) {
                var candidate = row.row().candidates().get(index);
                item.add(String.valueOf(items.get(row.row().id())));
                ordinal.add(index);
                model.add(candidate.model());
                path.add(candidate.image());
                image.add(row.images().get(index).image().sha256());
                seed.add(candidate.seed() == null ? null : new BigDecimal(candidate.seed()));
                metadata.add(candidate.metadata().toString());
            }
        }
        var candidates = new HashMap<CandidateKey, UUID>();
        jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256, seed, metadata)
                        SELECT ?, t.item::uuid, t.ordinal, t.model, t.path, t.image, t.seed, t.metadata::jsonb
                        FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[])
                             AS t (item, ordinal, model, path, image, seed, metadata)
                        RETURNING item_id, ordinal, id""")
                .params(
                        campaign,
                        texts(item),
                        ordinal.toArray(Integer[]::new),
                        texts(model),
                        texts(path),
                        texts(image),
                        seed.toArray(BigDecimal[]::new),
                        texts(metadata))
                .query(row -> {
                    candidates.put(
                            new CandidateKey(row.getObject(1, UUID.class), row.getInt(2)),
                            row.getObject(3, UUID.class));
                });
        return candidates;
    }

    private void insertPairs(
            Campaign campaign, List<PreparedRow> rows, Map<String, UUID> items, Map<CandidateKey, UUID> candidates) {
        var draw = new PairDraw(campaign.seed(), campaign.settings().uniformShare());
        var item = new ArrayList<String>();
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();
        var stratum = new ArrayList<String>();
        for (var row : rows) {
            var itemId = items.get(row.row().id());
            if (itemId == null) {
                throw new IllegalStateException("item " + row.row().id() + " was not inserted");
            }
            var known = row.row().known();
            for (var pair : row.pairs()) {
                item.add(itemId.toString());
                first.add(String.valueOf(candidates.get(new CandidateKey(itemId, pair.first()))));
                second.add(String.valueOf(candidates.get(new CandidateKey(itemId, pair.second()))));
                var drawn = known == null
                        ? draw.stratum(row.row().id(), pair.first(), pair.second())
                        : known.use().stratum();
                stratum.add(drawn.name());
            }
        }
        jdbc.sql("""
                        INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                        SELECT ?, t.item::uuid, t.first::uuid, t.second::uuid, t.stratum
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS t (item, first, second, stratum)""")
                .params(campaign.id(), texts(item), texts(first), texts(second), texts(stratum))
                .update();
    }

    private void insertSlots(Campaign campaign, Collection<UUID> items) {
        var settings = campaign.settings();
        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                        SELECT p.id, s.ordinal, p.campaign_id, p.stratum
                        FROM pair p
                        CROSS JOIN LATERAL generate_series(0, CASE p.stratum WHEN 'UNIFORM' THEN ? ELSE ? END - 1)
                             AS s (ordinal)
                        WHERE p.item_id = ANY (?::uuid[]) AND p.stratum IN ('UNIFORM', 'ACQUIRED')""")
                .params(
                        settings.uniformLabels(),
                        settings.acquiredLabels(),
                        texts(items.stream().map(UUID::toString).toList()))
                .update();
    }

    private static String[] texts(List<String> values) {
        return values.toArray(String[]::new);
    }
}
