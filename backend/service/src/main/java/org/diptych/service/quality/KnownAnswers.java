package org.diptych.service.quality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.text.Characters;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.campaign.KnownUse;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.quality.KnownAnswer.Origin;
import org.diptych.service.ranking.LabelReader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What leads know of pairs. A correction or a withdrawal is a new version; nothing is changed or deleted, so that what an
 * annotator was measured against can always be shown. A pair that was labelled before keeps its stratum and its labels:
 * they were given when nobody knew.
 */
@Service
@Transactional
public class KnownAnswers {
    private static final int LONGEST_REASON = 2_000;
    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final PairConsensus consensus;
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final AuditLog audit;
    private final LabelReader labels;

    KnownAnswers(
            PairConsensus consensus,
            CampaignAccess access,
            ProtocolService protocols,
            JdbcClient jdbc,
            JsonMapper json,
            AuditLog audit,
            LabelReader labels) {
        this.consensus = consensus;
        this.access = access;
        this.protocols = protocols;
        this.jdbc = jdbc;
        this.json = json;
        this.audit = audit;
        this.labels = labels;
    }

    /** All that is known at present, latest first. */
    @Transactional(readOnly = true)
    public List<KnownAnswer> list(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("""
                        SELECT k.*, i.external_id, a.name FROM current_known_answer k JOIN pair p ON p.id = k.pair_id
                        JOIN item i ON i.id = p.item_id LEFT JOIN account a ON a.id = k.created_by
                        WHERE k.campaign_id = ? ORDER BY k.created_at DESC, k.id DESC""")
                .param(campaign)
                .query((row, number) -> new KnownAnswer(
                        row.getObject("pair_id", UUID.class),
                        row.getString("external_id"),
                        row.getInt("version"),
                        KnownUse.valueOf(row.getString("use")),
                        json.readValue(row.getString("answers"), ANSWERS),
                        json.readValue(row.getString("reason"), TEXTS),
                        Origin.valueOf(row.getString("origin")),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getBoolean("retired")))
                .list();
    }

    /** Labelled pairs whose annotators agree, of which nothing is known yet: they offer themselves as gold. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public List<Proposal> proposals(SignedIn lead, UUID campaign, int limit) {
        access.requireLead(lead, campaign);
        var unanimous = consensus.unanimous(campaign, limit);
        if (unanimous.isEmpty()) {
            return unanimous;
        }
        var certainty = labels.certainty(
                campaign, unanimous.stream().collect(Collectors.toMap(Proposal::pair, Proposal::overall)));
        return unanimous.stream()
                .map(proposal -> proposal.with(certainty.get(proposal.pair())))
                .toList();
    }

    /**
     * Makes a labelled pair gold, or corrects what is known of one.
     *
     * @param answers the lead's own answers, in stored order; null: what the labels agree on
     * @param reason by language, may be empty
     * @throws Problem {@code unknown_pair}; {@code pair_not_complete} while the queue still wants labels for it;
     *     {@code no_consensus}; {@code invalid_answer}
     */
    public void set(
            SignedIn lead,
            UUID campaign,
            UUID pair,
            @Nullable Map<String, Answer> answers,
            Map<String, String> reason) {
        access.requireLead(lead, campaign);
        var protocol = lock(campaign, pair);
        requireComplete(pair);
        write(
                lead,
                campaign,
                pair,
                protocol,
                answers == null ? consensus.of(pair, protocol) : answers,
                reason,
                answers == null ? Origin.CONSENSUS : Origin.LEAD);
    }

    /**
     * Makes a pair gold by the verdict of an adjudicator, whose right to give one the caller has made sure of.
     *
     * @return the known answer
     * @throws Problem {@code unknown_pair}; {@code pair_not_complete}; {@code invalid_answer}
     */
    public UUID setByVerdict(
            SignedIn adjudicator, UUID campaign, UUID pair, Map<String, Answer> answers, Map<String, String> reason) {
        var protocol = lock(campaign, pair);
        requireComplete(pair);
        return write(adjudicator, campaign, pair, protocol, answers, reason, Origin.ADJUDICATION);
    }

    private void requireComplete(UUID pair) {
        if (jdbc.sql("SELECT EXISTS (SELECT 1 FROM slot WHERE pair_id = ? AND state <> 'FILLED')")
                .param(pair)
                .query(Boolean.class)
                .single()) {
            throw Problem.conflict(
                    "pair_not_complete", "This pair is still being labelled. Wait for its last judgement.");
        }
    }

    private UUID write(
            SignedIn who,
            UUID campaign,
            UUID pair,
            Protocol protocol,
            Map<String, Answer> known,
            Map<String, String> reason,
            Origin origin) {
        reason.forEach(KnownAnswers::checkReason);
        protocol.check(known);
        var before = stated(pair);
        var written = jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, version, use, answers, reason, origin, created_by)
                        SELECT :campaign, :pair, 1 + coalesce(max(version), 0), coalesce(max(use), 'GOLD'), :answers::jsonb,
                               :reason::jsonb, :origin, :who
                        FROM known_answer WHERE pair_id = :pair RETURNING id""")
                .param("campaign", campaign)
                .param("pair", pair)
                .param("answers", AnswerJson.toStored(known))
                .param("reason", json.writeValueAsString(reason))
                .param("origin", origin.name())
                .param("who", who.id())
                .query(UUID.class)
                .single();
        audit.write(AuditAction.ANSWER_KNOWN, who.id(), campaign, pair.toString(), before, stated(pair));
        return written;
    }

    /**
     * Withdraws what is known of the pair, if it is still the given answer, also where that has been retired since: its
     * verdict does not stand any more. The caller has made sure of the right to say so.
     */
    public void withdrawByVerdict(SignedIn who, UUID campaign, UUID pair, UUID knownAnswer) {
        if (jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM current_known_answer k JOIN known_answer given ON given.pair_id = k.pair_id
                            WHERE given.id = ? AND (k.id = given.id OR k.retired AND k.version = given.version + 1))""").param(knownAnswer).query(Boolean.class).single()) {
            withdrawHeld(who, campaign, pair);
        }
    }

    /** From now on nothing is known of the pair: it is not handed out any more, and answers to it do not count. */
    public void withdraw(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        withdrawHeld(lead, campaign, pair);
    }

    private void withdrawHeld(SignedIn who, UUID campaign, UUID pair) {
        lock(campaign, pair);
        var before = stated(pair);
        int withdrawn = jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, version, use, answers, reason, origin, withdrawn, created_by)
                        SELECT campaign_id, pair_id, version + 1, use, answers, reason, origin, true, ?
                        FROM current_known_answer WHERE pair_id = ?""").params(who.id(), pair).update();
        if (withdrawn == 0) {
            throw Problem.notFound("nothing_known", "Nothing is known of this pair.");
        }
        audit.write(AuditAction.ANSWER_WITHDRAWN, who.id(), campaign, pair.toString(), before, null);
    }

    /**
     * Takes a gold pair out of rotation: nobody is handed it any more, and the answers that it was given go on counting.
     * Giving its answer again brings it back.
     *
     * @throws Problem {@code unknown_pair}; {@code nothing_known} where it is no gold, or retired already
     */
    public void retire(SignedIn lead, UUID campaign, UUID pair) {
        access.requireLead(lead, campaign);
        lock(campaign, pair);
        int retired = jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, version, use, answers, reason, origin, retired, created_by)
                        SELECT campaign_id, pair_id, version + 1, use, answers, reason, origin, true, ?
                        FROM current_known_answer WHERE pair_id = ? AND use = 'GOLD' AND NOT retired""").params(lead.id(), pair).update();
        if (retired == 0) {
            throw Problem.notFound("nothing_known", "This pair is no gold that is handed out.");
        }
        audit.write(
                AuditAction.GOLD_RETIRED,
                lead.id(),
                campaign,
                pair.toString(),
                Map.of("retired", false),
                Map.of("retired", true));
    }

    private @Nullable Map<String, Object> stated(UUID pair) {
        return jdbc.sql("SELECT use, answers, origin FROM current_known_answer WHERE pair_id = ?")
                .param(pair)
                .query((row, number) -> Map.of(
                        "use",
                        row.getString("use"),
                        "origin",
                        row.getString("origin"),
                        "answers",
                        json.readValue(row.getString("answers"), ANSWERS)))
                .optional()
                .orElse(null);
    }

    private Protocol lock(UUID campaign, UUID pair) {
        Optional<String> sha256 =
                jdbc.sql("""
                        SELECT c.protocol_sha256 FROM pair p JOIN campaign c ON c.id = p.campaign_id
                        WHERE p.id = ? AND c.id = ? FOR NO KEY UPDATE OF p""").params(pair, campaign).query(String.class).optional();
        return sha256.map(digest -> protocols.bySha256(digest).protocol())
                .orElseThrow(() -> Problem.notFound("unknown_pair", "The campaign has no pair " + pair + "."));
    }

    private static void checkReason(String language, String text) {
        if (!language.matches("[a-z]{2,3}")
                || text.length() > LONGEST_REASON
                || Characters.fault(text).isPresent()) {
            throw Problem.invalid(
                    "invalid_reason",
                    "reason." + language,
                    "A reason is a text of at most " + LONGEST_REASON
                            + " characters by language, without control characters.");
        }
    }

    /** How the campaign uses gold. */
    @Transactional(readOnly = true)
    public GoldSettings settings(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("SELECT gold_rate, gold_feedback FROM campaign WHERE id = ?")
                .param(campaign)
                .query((row, number) -> new GoldSettings(
                        row.getDouble("gold_rate"), GoldSettings.Feedback.valueOf(row.getString("gold_feedback"))))
                .single();
    }

    /** Changes how the campaign uses gold. */
    public void change(SignedIn lead, UUID campaign, GoldSettings settings) {
        var before = settings(lead, campaign);
        jdbc.sql("UPDATE campaign SET gold_rate = ?, gold_feedback = ? WHERE id = ?")
                .params(settings.checked().rate(), settings.feedback().name(), campaign)
                .update();
        audit.write(AuditAction.GOLD_SETTINGS, lead.id(), campaign, null, before, settings);
    }
}
