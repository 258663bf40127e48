package org.diptych.service.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a pair's labels agree on. Gold answers play no part: they measure annotators, not the pair. */
@Component
class PairConsensus {
    private static final int MOST = 500;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PairConsensus(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The answers that the labels agree on: for each rating the median, for a comparison the answer of more than half.
     *
     * @throws Problem {@code no_consensus} when the two ratings in the middle differ, or no comparison has a majority
     */
    Map<String, Answer> of(UUID pair, Protocol protocol) {
        var labels = jdbc.sql("""
                        SELECT answers FROM dataset_label WHERE pair_id = ? AND protocol_sha256 = ?
                        AND stratum IN ('UNIFORM', 'ACQUIRED')""")
                .params(pair, protocol.sha256())
                .query((row, number) -> AnswerJson.fromStored(row.getString("answers")))
                .list();
        var agreed = new LinkedHashMap<String, Answer>();
        for (var dimension : protocol.dimensions()) {
            var answers =
                    labels.stream().map(label -> label.get(dimension.id())).toList();
            var answer = answers.isEmpty() ? null : agreed(answers);
            if (answer == null) {
                throw Problem.conflict(
                        "no_consensus",
                        "The judgements of this pair do not agree on " + dimension.id()
                                + ". Give an answer of your own.");
            }
            agreed.put(dimension.id(), answer);
        }
        return agreed;
    }

    private static @Nullable Answer agreed(List<@Nullable Answer> answers) {
        if (answers.stream().allMatch(RatingPair.class::isInstance)) {
            var ratings = answers.stream().map(RatingPair.class::cast).toList();
            var first = median(ratings, RatingPair::first);
            var second = median(ratings, RatingPair::second);
            return first.isPresent() && second.isPresent() ? new RatingPair(first.getAsInt(), second.getAsInt()) : null;
        }
        return answers.stream()
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .collect(Collectors.groupingBy(answer -> answer, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> 2 * entry.getValue() > answers.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static OptionalInt median(List<RatingPair> ratings, ToIntFunction<RatingPair> side) {
        int[] sorted = ratings.stream().mapToInt(side).sorted().toArray();
        int low = sorted[(sorted.length - 1) / 2];
        return low == sorted[sorted.length / 2] ? OptionalInt.of(low) : OptionalInt.empty();
    }

    /** Complete pairs with at least two labels that agree in every verdict and of which nothing is known, most labels first. */
    List<Proposal> unanimous(UUID campaign, int limit) {
        return jdbc.sql("""
                        SELECT l.pair_id, l.labels, l.verdicts, i.external_id, i.instruction, i.source_sha256,
                               f.image_sha256 AS first, s.image_sha256 AS second
                        FROM (SELECT pair_id, count(*) AS labels, min(verdicts::text) AS verdicts FROM dataset_label
                              WHERE campaign_id = :campaign AND stratum IN ('UNIFORM', 'ACQUIRED')
                              GROUP BY pair_id HAVING count(*) > 1 AND count(DISTINCT verdicts::text) = 1) l
                        JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                        JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                        WHERE NOT EXISTS (SELECT 1 FROM slot WHERE slot.pair_id = p.id AND slot.state <> 'FILLED')
                          AND NOT EXISTS (SELECT 1 FROM current_known_answer k WHERE k.pair_id = p.id)
                        ORDER BY l.labels DESC, i.external_id, f.ordinal, s.ordinal LIMIT :limit""")
                .param("campaign", campaign)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, number) -> new Proposal(
                        row.getObject("pair_id", UUID.class),
                        row.getString("external_id"),
                        row.getString("instruction"),
                        row.getString("source_sha256"),
                        row.getString("first"),
                        row.getString("second"),
                        row.getInt("labels"),
                        json.readValue(row.getString("verdicts"), TEXTS),
                        null))
                .list();
    }
}
