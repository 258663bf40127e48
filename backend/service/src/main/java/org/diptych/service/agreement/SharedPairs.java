package org.diptych.service.agreement;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Verdict;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the pairs that an annotator shares with others, without a way to tell a single answer of theirs: a pair counts only
 * when all its labels are there, with the answers as they stood then, so that nobody can look and correct. Others whom a
 * lead has excluded are not among them.
 */
@Component
public class SharedPairs {
    private final JdbcClient jdbc;

    SharedPairs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Verdicts by dimension.
     *
     * @param annotator whose
     * @param label the label
     * @param at when it was given
     */
    public record Said(UUID annotator, UUID label, Instant at, Map<String, Verdict> verdicts) {}

    /**
     * A shared pair.
     *
     * @param group its source picture
     * @param own what the annotator said
     * @param others what two others or more said
     */
    public record SharedPair(UUID pair, String group, Said own, List<Said> others) {
        public SharedPair {
            others = List.copyOf(others);
        }

        /** How many of the others gave each verdict, by its ordinal. */
        public int[] votes(String dimension) {
            int[] votes = new int[Verdict.values().length];
            others.forEach(other -> {
                var verdict = other.verdicts().get(dimension);
                if (verdict != null) {
                    votes[verdict.ordinal()]++;
                }
            });
            return votes;
        }
    }

    /**
     * Complete pairs with an own answer and two others, in the order in which they became complete.
     *
     * @param mostLabels the latest labels of the annotator that are looked at
     * @param until pairs that became complete later are left out
     */
    public List<SharedPair> of(UUID annotator, UUID campaign, String protocolSha256, int mostLabels, Instant until) {
        // a correction within a minute is part of answering (undo); a later one may know too much
        var rows = jdbc.sql("""
                        WITH mine AS (
                            SELECT DISTINCT pair_id FROM (
                                SELECT pair_id FROM label
                                WHERE annotator_id = :annotator AND campaign_id = :campaign AND kind = 'ANSWER'
                                  AND slot IS NOT NULL AND stratum IN ('UNIFORM', 'ACQUIRED')
                                ORDER BY sequence DESC LIMIT :most) latest),
                        complete AS (
                            SELECT mine.pair_id, max(given.at) + interval '1 minute' AS at FROM mine
                            CROSS JOIN LATERAL (
                                SELECT min(submitted_at) AS at FROM label
                                WHERE pair_id = mine.pair_id AND slot IS NOT NULL AND kind = 'ANSWER'
                                GROUP BY annotator_id) given
                            WHERE NOT EXISTS (SELECT 1 FROM slot
                                              WHERE slot.pair_id = mine.pair_id AND slot.state <> 'FILLED')
                              AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = mine.pair_id)
                            GROUP BY mine.pair_id HAVING count(*) >= 3)
                        SELECT DISTINCT ON (c.at, c.pair_id, l.annotator_id)
                               c.pair_id, coalesce(src.pixels_sha256, src.sha256) AS photo, l.annotator_id, l.id, l.submitted_at, l.verdicts,
                               l.protocol_sha256 = :protocol AS comparable
                        FROM complete c JOIN label l ON l.pair_id = c.pair_id AND l.submitted_at <= c.at
                        JOIN pair p ON p.id = c.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image src ON src.sha256 = i.source_sha256
                        WHERE c.at <= :until AND (l.slot IS NOT NULL OR l.kind = 'SKIP')
                          AND (l.annotator_id = :annotator OR NOT EXISTS (
                              SELECT 1 FROM excluded_annotator x WHERE x.campaign_id = :campaign
                                  AND x.account_id = l.annotator_id AND x.since <= l.submitted_at))
                        ORDER BY c.at, c.pair_id, l.annotator_id, l.sequence DESC""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("most", mostLabels)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("protocol", protocolSha256)
                .query((row, number) -> {
                    boolean comparable = row.getBoolean("comparable") && row.getString("verdicts") != null;
                    return new Opinion(
                            row.getObject("pair_id", UUID.class),
                            row.getString("photo"),
                            comparable
                                    ? new Said(
                                            row.getObject("annotator_id", UUID.class),
                                            row.getObject("id", UUID.class),
                                            row.getTimestamp("submitted_at").toInstant(),
                                            AnswerJson.verdictsFromStored(row.getString("verdicts")))
                                    : null);
                })
                .list();
        var pairs = new LinkedHashMap<UUID, PairBuilder>();
        for (var opinion : rows) {
            var said = opinion.said();
            if (said != null) {
                pairs.computeIfAbsent(opinion.pair(), pair -> new PairBuilder(pair, opinion.source()))
                        .add(said.annotator().equals(annotator), said);
            }
        }
        return pairs.values().stream().flatMap(PairBuilder::build).toList();
    }

    private record Opinion(
            UUID pair, String source, @Nullable Said said) {}

    private static final class PairBuilder {
        private final UUID pair;
        private final String group;
        private @Nullable Said own;
        private final List<Said> others = new ArrayList<>();

        PairBuilder(UUID pair, String group) {
            this.pair = pair;
            this.group = group;
        }

        void add(boolean isOwn, Said said) {
            if (isOwn) {
                own = said;
            } else {
                others.add(said);
            }
        }

        Stream<SharedPair> build() {
            var mine = own;
            return mine != null && others.size() >= 2
                    ? Stream.of(new SharedPair(pair, group, mine, others))
                    : Stream.empty();
        }
    }
}
