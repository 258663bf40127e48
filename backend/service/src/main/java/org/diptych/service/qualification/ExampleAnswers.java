package org.diptych.service.qualification;

import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The annotators' first answers to the protocol's worked examples, given before they saw the known ones. */
@Service
@Transactional
@Unaudited("annotators' own work")
public class ExampleAnswers {
    private final CampaignProtocols protocols;
    private final CampaignAccess access;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExampleAnswers(CampaignProtocols protocols, CampaignAccess access, JdbcClient jdbc, JsonMapper json) {
        this.protocols = protocols;
        this.access = access;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Stores the answer to a worked example. Only the first one is kept: those after it were given with the known answer
     * in view.
     *
     * @param example place in the document, from 0
     * @param answers as the document writes them: a rating or a comparison for each dimension; empty for an example that
     *     asks for none
     */
    public void answer(SignedIn who, UUID campaign, int example, Map<String, JsonNode> answers) {
        access.requireMember(who, campaign);
        var protocol = protocols.current(campaign);
        if (example < 0 || example >= protocol.qualification().examples()) {
            throw Problem.notFound(
                    "unknown_example", "Protocol " + protocol.reference() + " has no example " + example + ".");
        }
        answers.forEach((dimension, answer) -> check(protocol, dimension, answer));
        jdbc.sql("""
                        INSERT INTO example_answer (campaign_id, account_id, protocol_sha256, example, answers)
                        VALUES (?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING""")
                .params(campaign, who.id(), protocol.sha256(), example, json.writeValueAsString(answers))
                .update();
    }

    private static void check(Protocol protocol, String dimension, JsonNode answer) {
        var asked = protocol.dimension(dimension)
                .orElseThrow(() -> invalid(dimension, "Protocol " + protocol.reference() + " has no such dimension."));
        boolean fits = switch (protocol.mode()) {
            case RATING ->
                answer.isInt() && answer.intValue() >= asked.lowest() && answer.intValue() <= asked.highest();
            case COMPARISON ->
                answer.isString() && answer.stringValue().matches("first_much|first|tie|both_bad|second|second_much");
        };
        if (!fits) {
            throw invalid(dimension, "This is no answer that protocol " + protocol.reference() + " asks for.");
        }
    }

    private static Problem invalid(String dimension, String detail) {
        return Problem.invalid("invalid_answer", dimension, detail);
    }
}
