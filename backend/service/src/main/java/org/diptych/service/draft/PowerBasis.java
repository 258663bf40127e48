package org.diptych.service.draft;

import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.draft.PowerReading.Basis;
import org.diptych.statistics.agreement.PowerPlan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be assumed of annotators: what a campaign that somebody leads has shown under the same protocol, or the usual. */
@Repository
class PowerBasis {
    static final double USUAL_RELIABILITY = 0.85;
    static final double USUAL_SECONDS = 30;
    /** Fewer say little about an alpha. */
    private static final int FEWEST_PAIRS = 30;

    private static final int COMPARISON_VALUES = 5;
    private static final int LONGEST_MILLISECONDS = 600_000;

    private final JdbcClient jdbc;

    PowerBasis(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Basis of(SignedIn lead, Protocol protocol) {
        var first = protocol.dimensions().getFirst();
        int values = protocol.mode() == AnswerMode.RATING ? first.highest() - first.lowest() + 1 : COMPARISON_VALUES;
        return jdbc.sql("""
                        SELECT c.name, (h.figures -> 'agreement' ->> 'alpha')::double precision AS alpha,
                            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY least(recent.active_milliseconds, :longest))
                             FROM (SELECT l.active_milliseconds FROM label l WHERE l.campaign_id = c.id AND l.kind = 'ANSWER'
                                   ORDER BY l.sequence DESC LIMIT 1000) AS recent) / 1000 AS seconds
                        FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
                        JOIN campaign_health h ON h.campaign_id = c.id
                        WHERE p.id = :family AND (h.figures -> 'agreement' ->> 'alpha') IS NOT NULL
                          AND (h.figures -> 'agreement' ->> 'pairs')::bigint >= :fewest
                          AND (:everything OR EXISTS (SELECT 1 FROM campaign_member m
                              WHERE m.campaign_id = c.id AND m.account_id = :lead AND m.role = 'LEAD'))
                        ORDER BY c.created_at DESC LIMIT 1""")
                .param("longest", LONGEST_MILLISECONDS)
                .param("family", protocol.id())
                .param("fewest", FEWEST_PAIRS)
                .param("everything", lead.role() == Role.ADMIN)
                .param("lead", lead.id())
                .query((row, number) -> {
                    double seconds = row.getDouble("seconds");
                    return new Basis(
                            row.getString("name"),
                            PowerPlan.reliability(row.getDouble("alpha"), values),
                            seconds > 0 ? seconds : USUAL_SECONDS,
                            values);
                })
                .optional()
                .orElseGet(() -> new Basis(null, USUAL_RELIABILITY, USUAL_SECONDS, values));
    }
}
