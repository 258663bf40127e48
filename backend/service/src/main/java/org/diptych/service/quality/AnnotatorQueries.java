package org.diptych.service.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.AnswerScore;
import org.diptych.service.database.Columns;
import org.diptych.service.label.ActiveTime;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.protocol.ProtocolService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reads behind {@link AnnotatorService}: one statement per table for all annotators of a campaign. */
@Repository
class AnnotatorQueries {
    private final ProtocolService protocols;
    private final JdbcClient jdbc;

    AnnotatorQueries(ProtocolService protocols, JdbcClient jdbc) {
        this.protocols = protocols;
        this.jdbc = jdbc;
    }

    Map<UUID, AnnotatorStanding.Account> accounts(UUID campaign) {
        var accounts = new HashMap<UUID, AnnotatorStanding.Account>();
        jdbc.sql("""
                        SELECT a.id, a.name, a.display_name, a.simulated FROM account a
                        JOIN campaign_member m ON m.account_id = a.id WHERE m.campaign_id = ?""").param(campaign).query(row -> {
            var id = row.getObject("id", UUID.class);
            accounts.put(
                    id,
                    new AnnotatorStanding.Account(
                            id, row.getString("name"), row.getString("display_name"), row.getBoolean("simulated")));
        });
        return accounts;
    }

    Map<UUID, List<AnnotatorStanding.Attempt>> attempts(UUID campaign) {
        var attempts = new HashMap<UUID, List<AnnotatorStanding.Attempt>>();
        jdbc.sql("SELECT * FROM qualification_attempt WHERE campaign_id = ? ORDER BY number")
                .param(campaign)
                .query(row -> {
                    attempts.computeIfAbsent(row.getObject("account_id", UUID.class), unused -> new ArrayList<>())
                            .add(new AnnotatorStanding.Attempt(
                                    row.getInt("number"),
                                    row.getTimestamp("started_at").toInstant(),
                                    Columns.instant(row, "finished_at"),
                                    Columns.number(row, "score"),
                                    row.getDouble("pass_mark"),
                                    Columns.truth(row, "passed")));
                });
        return attempts;
    }

    Map<UUID, List<AnnotatorStanding.Grant>> grants(UUID campaign) {
        var grants = new HashMap<UUID, List<AnnotatorStanding.Grant>>();
        jdbc.sql("""
                        SELECT g.account_id, g.reason, g.granted_at, a.name FROM qualification_grant g
                        JOIN account a ON a.id = g.granted_by WHERE g.campaign_id = ? ORDER BY g.granted_at""").param(campaign).query(row -> {
            grants.computeIfAbsent(row.getObject("account_id", UUID.class), unused -> new ArrayList<>())
                    .add(new AnnotatorStanding.Grant(
                            row.getString("reason"),
                            row.getString("name"),
                            row.getTimestamp("granted_at").toInstant()));
        });
        return grants;
    }

    /**
     * Work by annotator.
     *
     * @param viewer whose day it is
     */
    Map<UUID, AnnotatorStanding.Work> work(UUID campaign, UUID viewer) {
        var work = new HashMap<UUID, AnnotatorStanding.Work>();
        jdbc.sql("""
                        SELECT l.annotator_id, count(*) AS labels,
                            count(*) FILTER (WHERE p.answered_at >= (SELECT midnight_of(:viewer))) AS today,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY least(l.active_milliseconds, :longest)) / 1000 AS median,
                            max(l.submitted_at) AS last
                        FROM current_label l JOIN answered_pair p ON p.campaign_id = l.campaign_id
                            AND p.annotator_id = l.annotator_id AND p.pair_id = l.pair_id
                        WHERE l.campaign_id = :campaign GROUP BY l.annotator_id""")
                .param("campaign", campaign)
                .param("viewer", viewer)
                .param("longest", ActiveTime.LONGEST)
                .query(row -> {
                    work.put(
                            row.getObject("annotator_id", UUID.class),
                            new AnnotatorStanding.Work(
                                    row.getLong("labels"),
                                    row.getLong("today"),
                                    row.getDouble("median"),
                                    Columns.instant(row, "last")));
                });
        return work;
    }

    /**
     * Gold by annotator. The first answer to a pair counts: after feedback, a correction only repeats what was told. It is
     * measured against what is known now, so that a known answer that was wrong stops counting against anybody.
     */
    Map<UUID, GoldAccuracy> gold(UUID campaign) {
        var given = jdbc.sql("""
                        SELECT DISTINCT ON (l.assignment_id) l.annotator_id, l.answers AS given, l.protocol_sha256,
                            k.answers AS known
                        FROM label l JOIN current_known_answer k ON k.pair_id = l.pair_id
                        WHERE l.campaign_id = ? AND l.stratum = 'GOLD' AND l.kind = 'ANSWER' AND k.use = 'GOLD'
                          AND NOT EXISTS (SELECT 1 FROM suspended_gold g WHERE g.pair_id = l.pair_id)
                        ORDER BY l.assignment_id, l.sequence""")
                .param(campaign)
                .query((row, number) -> new GoldAnswer(
                        row.getObject("annotator_id", UUID.class),
                        row.getString("protocol_sha256"),
                        row.getString("known"),
                        row.getString("given")))
                .list();
        var answers = new HashMap<UUID, Integer>();
        var sums = new HashMap<UUID, Double>();
        for (var answer : given) {
            var score = AnswerScore.of(
                    protocols.bySha256(answer.protocolSha256()).protocol(),
                    AnswerJson.fromStored(answer.known()),
                    AnswerJson.fromStored(answer.given()));
            answers.merge(answer.annotator(), 1, Integer::sum);
            sums.merge(answer.annotator(), score.mean(), Double::sum);
        }
        var accuracies = new HashMap<UUID, GoldAccuracy>();
        answers.forEach((annotator, count) ->
                accuracies.put(annotator, GoldAccuracy.of(count, sums.getOrDefault(annotator, 0.0))));
        return accuracies;
    }

    private record GoldAnswer(UUID annotator, String protocolSha256, String known, String given) {}

    void grant(UUID campaign, UUID annotator, UUID lead, String reason) {
        jdbc.sql("INSERT INTO qualification_grant (campaign_id, account_id, granted_by, reason) VALUES (?, ?, ?, ?)")
                .params(campaign, annotator, lead, reason)
                .update();
    }
}
