package org.diptych.label;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What an annotator is told after an answer to a pair whose answer was known, where the campaign tells it. */
@Component
class GoldFeedback {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final ProtocolService protocols;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    GoldFeedback(ProtocolService protocols, JdbcClient jdbc, JsonMapper json) {
        this.protocols = protocols;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The feedback on an answer that was accepted; empty for a skip and where the campaign gives none. */
    Optional<Feedback> of(UUID label) {
        return jdbc.sql("""
                        SELECT l.answers AS given, l.swapped, l.protocol_sha256, k.answers AS known, k.reason
                        FROM label l JOIN assignment a ON a.id = l.assignment_id
                        JOIN known_answer k ON k.id = a.known_answer_id JOIN campaign c ON c.id = l.campaign_id
                        WHERE l.id = ? AND l.kind = 'ANSWER' AND c.gold_feedback = 'AFTER_SUBMIT'""")
                .param(label)
                .query((row, number) -> {
                    var protocol =
                            protocols.bySha256(row.getString("protocol_sha256")).protocol();
                    var score = AnswerScore.of(
                            protocol,
                            AnswerJson.fromStored(row.getString("known")),
                            AnswerJson.fromStored(row.getString("given")));
                    return new Feedback(
                            AnswerJson.toScreen(row.getString("known"), row.getBoolean("swapped")),
                            score.dimensions(),
                            json.readValue(row.getString("reason"), TEXTS));
                })
                .optional();
    }

    /**
     * Feedback on gold.
     *
     * @param answers the known answer, in the sides that were shown
     * @param scores per dimension, how near the annotator's answer came: 0, 1/2 or 1
     * @param reason why, by language
     */
    record Feedback(Map<String, Object> answers, Map<String, Double> scores, Map<String, String> reason) {}
}
