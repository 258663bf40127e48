package org.diptych.service.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Columns;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks after gold: which known answers are in doubt, and which pairs have checked everybody. */
@Service
@Transactional(readOnly = true)
public class GoldService {
    private final ProtocolService protocols;
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    GoldService(ProtocolService protocols, CampaignAccess access, JdbcClient jdbc) {
        this.protocols = protocols;
        this.access = access;
        this.jdbc = jdbc;
    }

    /** Every gold pair: what is in doubt first, then what is worn, what is sound and what is retired. */
    public List<GoldHealth> of(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        var tallies = tallies(campaign);
        return jdbc
                .sql("""
                        SELECT k.pair_id, k.answers, k.origin, k.retired, k.created_at, a.name, i.external_id, i.instruction,
                               i.source_sha256, f.image_sha256 AS first, s.image_sha256 AS second, c.protocol_sha256,
                               (SELECT count(*) FROM campaign_member m JOIN account who ON who.id = m.account_id
                                WHERE m.campaign_id = k.campaign_id AND m.role = 'ANNOTATOR' AND NOT who.disabled
                                AND NOT EXISTS (SELECT 1 FROM assignment held WHERE held.pair_id = k.pair_id
                                    AND held.annotator_id = m.account_id AND held.state <> 'LOST')) AS left_over,
                               (SELECT appeal.account_id FROM appeal_gold g JOIN appeal ON appeal.notice_id = g.notice_id
                                WHERE g.pair_id = k.pair_id AND appeal.answered_at IS NULL
                                ORDER BY appeal.made_at LIMIT 1) AS disputed_by
                        FROM current_known_answer k JOIN campaign c ON c.id = k.campaign_id
                        JOIN pair p ON p.id = k.pair_id JOIN item i ON i.id = p.item_id
                        JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                        LEFT JOIN account a ON a.id = k.created_by
                        WHERE k.campaign_id = ? AND k.use = 'GOLD' ORDER BY k.created_at DESC, k.id DESC""")
                .param(campaign)
                .query((row, number) -> {
                    var pair = row.getObject("pair_id", UUID.class);
                    var tally = tallies.getOrDefault(pair, new Tally());
                    var accuracy = tally.answers == 0 ? null : GoldAccuracy.of(tally.answers, tally.sum);
                    int left = row.getInt("left_over");
                    var disputedBy = Columns.id(row, "disputed_by");
                    var protocol =
                            protocols.bySha256(row.getString("protocol_sha256")).protocol();
                    return new GoldHealth(
                            pair,
                            row.getString("external_id"),
                            row.getString("instruction"),
                            row.getString("source_sha256"),
                            row.getString("first"),
                            row.getString("second"),
                            overall(protocol, row.getString("answers")),
                            KnownAnswer.Origin.valueOf(row.getString("origin")),
                            row.getString("name"),
                            row.getTimestamp("created_at").toInstant(),
                            accuracy,
                            tally.commonest(),
                            tally.mostOften(),
                            left,
                            disputedBy,
                            GoldHealth.state(row.getBoolean("retired"), disputedBy != null, accuracy, left));
                })
                .list()
                .stream()
                .sorted(Comparator.comparing(GoldHealth::state))
                .toList();
    }

    private static String overall(Protocol protocol, String answers) {
        var verdict = protocol.verdicts(AnswerJson.fromStored(answers)).get(Protocol.OVERALL);
        return verdict == null ? "" : verdict.word();
    }

    /** First answers alone, as with the gold of an annotator: after feedback, a correction only repeats what was told. */
    private Map<UUID, Tally> tallies(UUID campaign) {
        var tallies = new HashMap<UUID, Tally>();
        jdbc.sql("""
                        SELECT DISTINCT ON (l.assignment_id) l.pair_id, l.answers AS given, l.protocol_sha256,
                            l.verdicts ->> 'overall' AS said, k.answers AS known
                        FROM current_known_answer k JOIN label l ON l.pair_id = k.pair_id
                        WHERE k.campaign_id = ? AND k.use = 'GOLD' AND l.stratum = 'GOLD' AND l.kind = 'ANSWER'
                          AND NOT EXISTS (SELECT 1 FROM suspended_gold g WHERE g.pair_id = k.pair_id)
                        ORDER BY l.assignment_id, l.sequence""").param(campaign).query(row -> {
            var score = AnswerScore.of(
                    protocols.bySha256(row.getString("protocol_sha256")).protocol(),
                    AnswerJson.fromStored(row.getString("known")),
                    AnswerJson.fromStored(row.getString("given")));
            tallies.computeIfAbsent(row.getObject("pair_id", UUID.class), _ -> new Tally())
                    .add(score.mean(), row.getString("said"));
        });
        return tallies;
    }

    private static final class Tally {
        private final Map<String, Integer> said = new HashMap<>();
        private int answers;
        private double sum;

        void add(double score, String verdict) {
            answers++;
            sum += score;
            said.merge(verdict, 1, Integer::sum);
        }

        @Nullable
        String commonest() {
            var verdicts = new ArrayList<>(said.entrySet());
            verdicts.sort(
                    Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
            return verdicts.isEmpty() ? null : verdicts.getFirst().getKey();
        }

        int mostOften() {
            return said.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }
}
