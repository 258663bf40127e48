package org.diptych.service.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.diptych.service.database.Columns;
import org.diptych.service.database.Streaming;
import org.diptych.service.figures.SharedReading;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a campaign's current labels of one protocol version. Read again only when a label came; where there are many,
 * beside the requests.
 */
@Component
public class LabelReader {
    private static final int MOST_KEPT = 20;
    private static final Duration KEPT = Duration.ofMinutes(15);
    /** Labels that are read in no time. */
    private static final int FEW = 2_000;

    private final ProtocolService protocols;
    private final JdbcClient jdbc;
    private final Streaming streaming;
    private final Cache<UUID, Labels> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterAccess(KEPT).build();
    private final SharedReading<UUID, Labels> readings =
            new SharedReading<>(MOST_KEPT, labels -> labels.rows().size() < FEW);

    LabelReader(ProtocolService protocols, JdbcClient jdbc, Streaming streaming) {
        this.protocols = protocols;
        this.jdbc = jdbc;
        this.streaming = streaming;
    }

    /** The labels of a campaign. */
    Labels of(UUID campaign) {
        return readings.get(campaign, () -> {
            var basis = basis(campaign);
            var before = known.getIfPresent(campaign);
            if (before != null && before.basis().equals(basis)) {
                return before;
            }
            var labels = read(campaign, basis);
            known.put(campaign, labels);
            return labels;
        });
    }

    /**
     * How sure it is what the labels of some pairs say together.
     *
     * @param verdicts overall verdict by pair
     * @return by pair, the probability of that verdict by the model of the annotators; only pairs with labels of the
     *     version that is read
     */
    public Map<UUID, Double> certainty(UUID campaign, Map<UUID, Verdict> verdicts) {
        var rows = of(campaign).rows();
        var certainty = new HashMap<UUID, Double>();
        verdicts.forEach((pair, verdict) -> {
            var probability = rows.certainty(pair, verdict);
            if (probability != null) {
                certainty.put(pair, probability);
            }
        });
        return certainty;
    }

    /** The version in use; before it has labels of its own, the one that the last label was given under. */
    private Basis basis(UUID campaign) {
        return jdbc.sql("""
                        WITH latest AS (SELECT sequence, protocol_sha256 FROM label WHERE campaign_id = :campaign
                                        ORDER BY sequence DESC LIMIT 1000)
                        SELECT coalesce((SELECT max(sequence) FROM latest), 0) AS last,
                            CASE WHEN NOT EXISTS (SELECT 1 FROM latest)
                                      OR c.protocol_sha256 IN (SELECT protocol_sha256 FROM latest) THEN c.protocol_sha256
                            ELSE (SELECT protocol_sha256 FROM latest ORDER BY sequence DESC LIMIT 1) END AS version,
                            -- an earlier label may be committed later
                            (SELECT coalesce(max(position), 0) FROM label_chain WHERE campaign_id = c.id) AS chained,
                            (SELECT count(*) || ' ' || coalesce(max(taken_at)::text, '') FROM pair_taken_out
                             WHERE campaign_id = c.id) || (SELECT ' ' || count(*) || ' ' || count(undone_at) FROM annotator_exclusion
                             WHERE campaign_id = c.id) AS taken_out
                        FROM campaign c WHERE c.id = :campaign""")
                .param("campaign", campaign)
                .query((row, number) -> new Basis(
                        row.getString("version"),
                        row.getLong("last"),
                        row.getLong("chained"),
                        row.getString("taken_out")))
                .single();
    }

    private Labels read(UUID campaign, Basis basis) {
        var protocol = protocols.bySha256(basis.protocolSha256()).protocol();
        List<String> dimensions = new ArrayList<>();
        dimensions.add(Protocol.OVERALL);
        protocol.dimensions().forEach(dimension -> dimensions.add(dimension.id()));
        var rows = new LabelRows(dimensions);
        var within = new long[1];
        // there are few different answers
        var verdicts = new HashMap<String, Map<String, Verdict>>();
        streaming.query(
                """
                SELECT l.pair_id, l.annotator_id, l.verdicts, l.swapped, l.stratum, l.selection_probability, b.pool,
                       coalesce(b.policy = 'person', false) AS asked,
                       f.model AS first_model, s.model AS second_model, i.source_sha256, i.category
                FROM dataset_label l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id
                WHERE l.campaign_id = ? AND l.protocol_sha256 = ? AND l.stratum IN ('UNIFORM', 'ACQUIRED')
                ORDER BY l.sequence""",
                row -> {
                    var first = row.getString("first_model");
                    var second = row.getString("second_model");
                    if (first.equals(second)) {
                        within[0]++;
                        return;
                    }
                    var pool = Columns.integer(row, "pool");
                    rows.add(
                            new LabelRows.Task(
                                    row.getObject("pair_id", UUID.class),
                                    first,
                                    second,
                                    row.getString("source_sha256"),
                                    row.getString("category")),
                            row.getObject("annotator_id", UUID.class),
                            row.getBoolean("swapped"),
                            row.getString("stratum").equals("UNIFORM"),
                            // a person asked for it: it says nothing of what chance would have shown
                            row.getBoolean("asked") ? 0 : weight(row.getDouble("selection_probability"), pool),
                            verdicts.computeIfAbsent(row.getString("verdicts"), AnswerJson::verdictsFromStored));
                },
                campaign,
                basis.protocolSha256());
        return new Labels(basis, protocol, rows.complete(), within[0]);
    }

    /**
     * What a label counts among all: 1 where chance chose its pair. Where a model did, the inverse of the probability
     * with which it chose this one of the pool, times what chance would have had.
     */
    static double weight(double selectionProbability, @Nullable Integer pool) {
        return pool == null || pool < 1 || !(selectionProbability > 0) ? 1 : 1 / (selectionProbability * pool);
    }

    /**
     * What the labels were read from.
     *
     * @param chained labels in the chain of the campaign
     * @param takenOut how many pairs a lead has taken out, and when the last; how many annotators were excluded
     */
    record Basis(String protocolSha256, long lastSequence, long chained, String takenOut) {}

    /** Labels as they were at one moment. */
    record Labels(Basis basis, Protocol protocol, LabelRows rows, long withinModel) {}
}
