package org.diptych.service.quality;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.label.ActiveTime;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.qualification.Standings;
import org.diptych.service.qualification.Step;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Leads annotators through the qualification set. An attempt asks every pair of the set, in an order and with sides drawn
 * anew; an answer is given once and nothing is said about it, neither then nor afterwards: the set would be learnt by
 * heart. When the last one is given, the attempt is scored by {@link AnswerScore}, the same for every pair and
 * dimension, and the annotator learns the score as a whole and by dimension.
 */
@Service
@Transactional
@Unaudited("annotators' own work")
public class QualificationTest {
    private final QualificationAttempts attempts;
    private final AttemptQueries queries;
    private final Standings standings;
    private final ProtocolService protocols;
    private final CampaignProtocols campaignProtocols;
    private final CampaignAccess access;
    private final Clock clock;

    QualificationTest(
            QualificationAttempts attempts,
            AttemptQueries queries,
            Standings standings,
            ProtocolService protocols,
            CampaignProtocols campaignProtocols,
            CampaignAccess access,
            Clock clock) {
        this.attempts = attempts;
        this.campaignProtocols = campaignProtocols;
        this.clock = clock;
        this.queries = queries;
        this.standings = standings;
        this.access = access;
        this.protocols = protocols;
    }

    /**
     * Starts an attempt, or goes on with the one under way.
     *
     * @throws Problem {@code not_at_test} with the step, when something else comes first, or nothing any more
     */
    public Attempt start(SignedIn who, UUID campaign) {
        var standing = standings.of(who, campaign);
        queries.serialise(who.id(), campaign);
        var open = attempts.findByAnnotatorAndCampaignAndFinishedAtIsNull(who.id(), campaign);
        if (open.isPresent()) {
            return attempt(open.get());
        }
        if (standing.step() != Step.TEST) {
            throw Problem.conflict("not_at_test", "The qualification set is not what comes next.")
                    .with("step", standing.step().word());
        }
        var attempt = attempts.saveAndFlush(new QualificationAttempt(
                campaign,
                who.id(),
                1 + attempts.countByAnnotatorAndCampaign(who.id(), campaign),
                campaignProtocols.current(campaign).sha256(),
                standing.rule().passMark(),
                clock.instant()));
        queries.ask(attempt.id(), campaign);
        return attempt(attempt);
    }

    /**
     * Takes the answer to a question. Sending it again changes nothing.
     *
     * @param answers per dimension, in the sides that were shown
     * @throws Problem {@code unknown_question}; {@code not_a_member}; {@code invalid_answer} when it does not fit the protocol
     */
    public Attempt answer(SignedIn who, UUID question, Map<String, JsonNode> answers, long activeMilliseconds) {
        var asked = queries.lock(question, who.id())
                .orElseThrow(() -> Problem.notFound("unknown_question", "You have no such question."));
        access.requireMember(who, asked.campaign());
        if (!asked.answered()) {
            ActiveTime.require("activeMilliseconds", activeMilliseconds);
            var given = AnswerJson.fromScreen(answers, asked.swapped());
            var score = AnswerScore.of(protocol(asked.protocolSha256()), asked.known(), given);
            queries.store(question, AnswerJson.toStored(given), score.mean(), activeMilliseconds);
            var progress = queries.progress(asked.attempt());
            if (progress.complete()) {
                attempts.findById(asked.attempt()).orElseThrow().finish(progress.score(), clock.instant());
            }
        }
        return attempt(attempts.findById(asked.attempt()).orElseThrow());
    }

    private Attempt attempt(QualificationAttempt attempt) {
        var id = attempt.id();
        var progress = queries.progress(id);
        var outcome = attempt.outcome();
        return new Attempt(
                id,
                attempt.number(),
                progress.answered(),
                progress.total(),
                outcome.isPresent() ? null : queries.next(id).orElse(null),
                outcome.map(result -> new Attempt.Result(
                                result.score(),
                                result.passMark(),
                                result.passed(),
                                byDimension(id, protocol(attempt.protocolSha256()))))
                        .orElse(null));
    }

    private Map<String, Double> byDimension(UUID attempt, Protocol protocol) {
        var sums = new LinkedHashMap<String, Double>();
        var answers = queries.answers(attempt);
        for (var answer : answers) {
            AnswerScore.of(protocol, answer.known(), answer.given())
                    .dimensions()
                    .forEach((dimension, score) -> sums.merge(dimension, score, Double::sum));
        }
        sums.replaceAll((dimension, sum) -> sum / answers.size());
        return sums;
    }

    private Protocol protocol(String sha256) {
        return protocols.bySha256(sha256).protocol();
    }
}
