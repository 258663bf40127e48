package org.diptych.service.pair;

import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records who has looked behind a pair's blinding, and who has taken it out of the queue or put it back. */
@Component
class PairReveals {
    private final JdbcClient jdbc;

    PairReveals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes an entry in the transaction of the action.
     *
     * @param action {@code pair.revealed}, {@code pair.taken_out} or {@code pair.put_back}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(SignedIn who, UUID campaign, UUID pair, String action) {
        jdbc.sql("""
                        INSERT INTO audit_event (account_id, campaign_id, action, detail)
                        VALUES (:who, :campaign, :action, jsonb_build_object('pair', :pair::text))""")
                .param("who", who.id())
                .param("campaign", campaign)
                .param("action", action)
                .param("pair", pair.toString())
                .update();
    }
}
