package org.diptych.service.adjudication;

import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.OpinionRequests;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.quality.KnownAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What adjudicators decide. A verdict beats every consensus of answers. It is never changed: a later one supersedes it, and
 * says which one its adjudicator had read.
 */
@Service
@Transactional
public class Adjudications {
    private final CampaignAccess access;
    private final DisputedPairs pairs;
    private final ProtocolService protocols;
    private final KnownAnswers known;
    private final OpinionRequests opinions;
    private final JdbcClient jdbc;
    private final AuditLog audit;

    Adjudications(
            CampaignAccess access,
            DisputedPairs pairs,
            ProtocolService protocols,
            KnownAnswers known,
            OpinionRequests opinions,
            JdbcClient jdbc,
            AuditLog audit) {
        this.access = access;
        this.pairs = pairs;
        this.protocols = protocols;
        this.known = known;
        this.opinions = opinions;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * A pair with all its answers, without names.
     *
     * @throws Problem {@code unknown_pair}
     */
    @Transactional(readOnly = true)
    public DisputedPair of(SignedIn who, UUID campaign, UUID pair) {
        access.requireAdjudicator(who, campaign);
        return pairs.read(campaign, pair, who.id()).orElseThrow(() -> unknown(pair));
    }

    /**
     * Decides a pair. Sent again by the same person, the same decision is the verdict that it became.
     *
     * @return the verdict
     * @throws Problem {@code unknown_pair}; {@code own_pair} for somebody who has answered it; {@code nothing_to_decide} while
     *     nobody has; {@code protocol_moved} and {@code changed_meanwhile} when another version holds now or another verdict is
     *     there than the one that was read; {@code invalid_answer}; {@code reason_required} when it overrules a majority;
     *     {@code pair_not_complete} for gold while annotators are still asked
     */
    public UUID decide(SignedIn who, UUID campaign, UUID pair, Decision decision) {
        access.requireAdjudicator(who, campaign);
        var protocol = lock(campaign, pair);
        requireNoOwnAnswer(who, pair);
        if (!protocol.sha256().equals(decision.protocolSha256())) {
            throw Problem.conflict(
                    "protocol_moved",
                    "The campaign has moved to " + protocol.reference()
                            + " meanwhile. Nothing was written. Load the pair again and decide it under that version.");
        }
        boolean swapped = pairs.swapped(pair, who.id());
        var answers = AnswerJson.fromScreen(decision.answers(), swapped);
        var reason = Words.of(decision.reason(), "reason");
        var latest = latest(pair);
        if (!Objects.equals(latest.orElse(null), decision.supersedes())) {
            return latest.filter(verdict -> isRepeated(verdict, who, decision, answers, reason))
                    .orElseThrow(() -> Problem.conflict(
                            "changed_meanwhile",
                            "This pair has been decided meanwhile. Nothing was written. Read the verdict; yours may"
                                    + " supersede it."));
        }
        var given = pairs.answers(pair, protocol);
        if (given.isEmpty()) {
            throw Problem.conflict(
                    "nothing_to_decide",
                    "Nobody has answered this pair under " + protocol.reference() + " yet. Wait for an answer.");
        }
        protocol.check(answers);
        requireReason(protocol, given, answers, reason);
        var knownAnswer = Boolean.TRUE.equals(decision.gold())
                ? known.setByVerdict(who, campaign, pair, answers, reason == null ? Map.of() : Map.of("en", reason))
                : null;
        if (knownAnswer == null && decision.supersedes() != null) {
            withdrawGold(who, campaign, pair, decision.supersedes());
        }
        var verdict = jdbc.sql("""
                        INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, reason, swapped,
                            adjudicator_id, known_answer_id, supersedes)
                        VALUES (:campaign, :pair, :protocol, :answers::jsonb, :verdicts::jsonb, :reason, :swapped, :who, :known,
                            :supersedes) RETURNING id""")
                .param("campaign", campaign)
                .param("pair", pair)
                .param("protocol", protocol.sha256())
                .param("answers", AnswerJson.toStored(answers))
                .param("verdicts", AnswerJson.verdictsToStored(protocol.verdicts(answers)))
                .param("reason", reason)
                .param("swapped", swapped)
                .param("who", who.id())
                .param("known", knownAnswer)
                .param("supersedes", decision.supersedes())
                .query(UUID.class)
                .single();
        audit.write(
                AuditAction.PAIR_ADJUDICATED,
                who.id(),
                campaign,
                pair.toString(),
                null,
                stated(verdict, protocol, answers, reason, decision));
        return verdict;
    }

    /** Whether a verdict is what the decision asks for: its acknowledgement was lost on the way, and it is sent again. */
    private boolean isRepeated(
            UUID verdict, SignedIn who, Decision decision, Map<String, Answer> answers, @Nullable String reason) {
        return jdbc.sql("""
                        SELECT adjudicator_id = :who AND supersedes IS NOT DISTINCT FROM :supersedes
                            AND answers = :answers::jsonb AND reason IS NOT DISTINCT FROM :reason
                            AND (known_answer_id IS NOT NULL) = :gold
                        FROM adjudication WHERE id = :verdict""")
                .param("who", who.id())
                .param("supersedes", decision.supersedes(), Types.OTHER)
                .param("answers", AnswerJson.toStored(answers))
                .param("reason", reason, Types.VARCHAR)
                .param("gold", Boolean.TRUE.equals(decision.gold()))
                .param("verdict", verdict)
                .query(Boolean.class)
                .single();
    }

    /** What was known of the pair by a verdict falls with it. */
    private void withdrawGold(SignedIn who, UUID campaign, UUID pair, UUID superseded) {
        jdbc.sql("SELECT known_answer_id FROM adjudication WHERE id = ? AND known_answer_id IS NOT NULL")
                .param(superseded)
                .query(UUID.class)
                .optional()
                .ifPresent(gold -> known.withdrawByVerdict(who, campaign, pair, gold));
    }

    private static Map<String, Object> stated(
            UUID verdict, Protocol protocol, Map<String, Answer> answers, @Nullable String reason, Decision decision) {
        var stated = new LinkedHashMap<String, Object>();
        stated.put("verdict", verdict);
        stated.put("protocol", protocol.reference());
        protocol.verdicts(answers).forEach((dimension, said) -> stated.put(dimension, said.word()));
        stated.put("reason", reason == null ? "" : reason);
        stated.put("gold", Boolean.TRUE.equals(decision.gold()));
        if (decision.supersedes() != null) {
            stated.put("supersedes", decision.supersedes());
        }
        return stated;
    }

    /**
     * Asks annotators for one more answer before anybody decides. The pair waits again when it is there.
     *
     * @throws Problem {@code unknown_pair}; {@code own_pair}; {@code already_asked}; {@code campaign_closed};
     *     {@code too_many_labels}; {@code nobody_left}
     */
    public void askOneMore(SignedIn who, UUID campaign, UUID pair) {
        access.requireAdjudicator(who, campaign);
        lock(campaign, pair);
        requireNoOwnAnswer(who, pair);
        opinions.ask(campaign, pair);
        audit.write(AuditAction.OPINION_REQUESTED, who.id(), campaign, pair.toString(), null, null);
    }

    /** One verdict on a pair at a time. The campaign is not held: it may be busy with an import for minutes. */
    private Protocol lock(UUID campaign, UUID pair) {
        return jdbc.sql("""
                        SELECT c.protocol_sha256 FROM pair p JOIN campaign c ON c.id = p.campaign_id
                        WHERE p.id = ? AND c.id = ? FOR NO KEY UPDATE OF p""")
                .params(pair, campaign)
                .query(String.class)
                .optional()
                .map(sha256 -> protocols.bySha256(sha256).protocol())
                .orElseThrow(() -> unknown(pair));
    }

    private void requireNoOwnAnswer(SignedIn who, UUID pair) {
        if (jdbc.sql("SELECT EXISTS (SELECT 1 FROM label WHERE pair_id = ? AND annotator_id = ? AND kind = 'ANSWER')")
                .params(pair, who.id())
                .query(Boolean.class)
                .single()) {
            throw Problem.forbidden(
                    "own_pair",
                    "You have answered this pair yourself. Another adjudicator of the campaign must decide it.");
        }
    }

    private Optional<UUID> latest(UUID pair) {
        return jdbc.sql("SELECT id FROM adjudication WHERE pair_id = ? ORDER BY sequence DESC LIMIT 1")
                .param(pair)
                .query(UUID.class)
                .optional();
    }

    private static void requireReason(
            Protocol protocol, List<DisputedPairs.Given> given, Map<String, Answer> answers, @Nullable String reason) {
        if (reason != null) {
            return;
        }
        var verdicts = protocol.verdicts(answers);
        DisputedPairs.majority(given).forEach((dimension, majority) -> {
            if (majority != verdicts.get(dimension)) {
                throw Problem.invalid(
                        "reason_required",
                        "reason",
                        "This overrules most of the annotators on " + dimension + ". Say why: they read it.");
            }
        });
    }

    static Problem unknown(UUID pair) {
        return Problem.notFound("unknown_pair", "The campaign has no pair " + pair + ".");
    }
}
