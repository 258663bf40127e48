package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.diptych.service.label.AnswerJson;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.annotator.PeerAgreement;
import org.diptych.statistics.evaluation.WilsonInterval;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares an annotator with the others without giving anybody's answer away. A pair counts only when all its labels are
 * there, with the answers as they stood then, so that nobody can look and correct; the figures move in steps of ten
 * pairs, so that no single pair can be read from them.
 */
@Component
class OwnAgreementQuery {
    /** Fewer pairs say too little, and too much about each of them. */
    static final int LEAST = 20;

    static final int STEP = 10;

    /** The latest labels; older ones say little about how somebody works now. */
    private static final int MOST_LABELS = 2_000;

    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private final JdbcClient jdbc;

    OwnAgreementQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    OwnAgreement of(UUID annotator, UUID campaign, Protocol protocol) {
        var shared = shared(annotator, campaign, protocol.sha256());
        if (shared.size() < LEAST) {
            return new OwnAgreement(0, LEAST - shared.size(), List.of());
        }
        var counted = shared.subList(0, shared.size() - shared.size() % STEP);
        var dimensions = Stream.concat(
                Stream.of(Protocol.OVERALL), protocol.dimensions().stream().map(dimension -> dimension.id()));
        return new OwnAgreement(
                counted.size(), 0, dimensions.map(id -> row(id, counted)).toList());
    }

    private static OwnAgreement.Row row(String dimension, List<SharedPair> pairs) {
        var builder = new PeerAgreement.Builder(VERDICTS.size());
        for (var pair : pairs) {
            var own = pair.own().get(dimension);
            if (own != null) {
                int[] votes = new int[VERDICTS.size()];
                pair.others().forEach(other -> {
                    var verdict = other.get(dimension);
                    if (verdict != null) {
                        votes[verdict.ordinal()]++;
                    }
                });
                builder.add(own.ordinal(), votes, pair.group());
            }
        }
        var result = builder.build();
        return new OwnAgreement.Row(
                dimension,
                result.agreed(),
                result.cases(),
                result.share().orElse(null),
                result.interval().map(WilsonInterval::low).orElse(null),
                result.interval().map(WilsonInterval::high).orElse(null),
                result.chanceCorrected() instanceof Coefficient.Defined defined ? (Double) defined.value() : null);
    }

    /** Complete pairs with an own answer and two others, in the order in which they became complete. */
    private List<SharedPair> shared(UUID annotator, UUID campaign, String protocolSha256) {
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
                               c.pair_id, coalesce(src.pixels_sha256, src.sha256) AS photo, l.annotator_id = :annotator AS own, l.verdicts,
                               l.protocol_sha256 = :protocol AS comparable
                        FROM complete c JOIN label l ON l.pair_id = c.pair_id AND l.submitted_at <= c.at
                        JOIN pair p ON p.id = c.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image src ON src.sha256 = i.source_sha256
                        WHERE c.at <= now() AND (l.slot IS NOT NULL OR l.kind = 'SKIP')
                        ORDER BY c.at, c.pair_id, l.annotator_id, l.sequence DESC""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .param("most", MOST_LABELS)
                .param("protocol", protocolSha256)
                .query((row, number) -> new Opinion(
                        row.getObject("pair_id", UUID.class),
                        row.getString("photo"),
                        row.getBoolean("own"),
                        row.getBoolean("comparable") ? row.getString("verdicts") : null))
                .list();
        var pairs = new LinkedHashMap<UUID, PairBuilder>();
        for (var opinion : rows) {
            if (opinion.verdicts() != null) {
                pairs.computeIfAbsent(opinion.pair(), pair -> new PairBuilder(opinion.source()))
                        .add(opinion.own(), AnswerJson.verdictsFromStored(opinion.verdicts()));
            }
        }
        return pairs.values().stream().flatMap(PairBuilder::build).toList();
    }

    private record Opinion(
            UUID pair, String source, boolean own, @Nullable String verdicts) {}

    private record SharedPair(String group, Map<String, Verdict> own, List<Map<String, Verdict>> others) {}

    private static final class PairBuilder {
        private final String group;
        private @Nullable Map<String, Verdict> own;
        private final List<Map<String, Verdict>> others = new ArrayList<>();

        PairBuilder(String group) {
            this.group = group;
        }

        void add(boolean isOwn, Map<String, Verdict> verdicts) {
            if (isOwn) {
                own = verdicts;
            } else {
                others.add(verdicts);
            }
        }

        Stream<SharedPair> build() {
            var mine = own;
            return mine != null && others.size() >= 2 ? Stream.of(new SharedPair(group, mine, others)) : Stream.empty();
        }
    }
}
