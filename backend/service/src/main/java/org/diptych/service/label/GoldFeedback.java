package org.diptych.service.label;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.service.protocol.ProtocolService;
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

    /** The feedback on a label that was accepted; empty for a skip, where the campaign gives none, and while an appeal disputes it. */
    Optional<Feedback> of(LabelService.Accepted label) {
        return label.known() ? of(label.id()) : Optional.empty();
    }

    private Optional<Feedback> of(UUID label) {
        return jdbc.sql("""
                        SELECT l.answers AS given, l.swapped, l.protocol_sha256, k.answers AS known, k.reason
                        FROM label l JOIN assignment a ON a.id = l.assignment_id
                        JOIN known_answer k ON k.id = a.known_answer_id
                        WHERE l.id = ? AND l.kind = 'ANSWER'
                          AND NOT EXISTS (SELECT 1 FROM suspended_gold g WHERE g.pair_id = l.pair_id)""")
                .param(label)
                .query((row, number) -> new Known(
                        row.getString("protocol_sha256"),
                        row.getString("known"),
                        row.getString("given"),
                        row.getBoolean("swapped"),
                        row.getString("reason")))
                .optional()
                .map(this::feedback);
    }

    private Feedback feedback(Known known) {
        var score = AnswerScore.of(
                protocols.bySha256(known.protocolSha256()).protocol(),
                AnswerJson.fromStored(known.answers()),
                AnswerJson.fromStored(known.given()));
        return new Feedback(
                AnswerJson.toScreen(known.answers(), known.swapped()),
                score.dimensions(),
                json.readValue(known.reason(), TEXTS));
    }

    private record Known(String protocolSha256, String answers, String given, boolean swapped, String reason) {}

    /**
     * Feedback on gold.
     *
     * @param answers the known answer, in the sides that were shown
     * @param scores per dimension, how near the annotator's answer came: 0, 1/2 or 1
     * @param reason why, by language
     */
    record Feedback(Map<String, Object> answers, Map<String, Double> scores, Map<String, String> reason) {}
}
