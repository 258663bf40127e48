package org.diptych.service.assignment;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The statements that hand out gold. An assignment to a gold pair holds no slot, so it is never lost to somebody else:
 * its lease is shown like any other and simply goes on when it ran out. Only the end of a membership ends it.
 */
@Repository
class GoldQueries {
    private final JdbcClient jdbc;

    GoldQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the queue has anything for the annotator at the moment. */
    boolean hasOpenWork(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM slot s WHERE s.campaign_id = ? AND s.state = 'OPEN'
                            AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.pair_id = s.pair_id
                                            AND a.annotator_id = ? AND a.state <> 'LOST'))""").params(campaign, annotator).query(Boolean.class).single();
    }

    /**
     * Leases a gold pair that the annotator has not had, drawn at random, so that no two annotators meet the same gold at
     * the same place.
     *
     * @return whether there was one
     */
    boolean leaseNext(UUID annotator, UUID campaign, boolean swapped, int leaseSeconds) {
        return jdbc.sql("""
                        INSERT INTO assignment AS held (campaign_id, pair_id, annotator_id, known_answer_id, state,
                                                        fencing_token, expires_at, swapped)
                        SELECT :campaign, next.pair_id, :annotator, next.id, 'LEASED', nextval('fencing_token'),
                               now() + make_interval(secs => :seconds), :swapped
                        FROM (SELECT k.pair_id, k.id FROM current_known_answer k
                              WHERE k.campaign_id = :campaign AND k.use = 'GOLD'
                                AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.pair_id = k.pair_id
                                                AND a.annotator_id = :annotator AND a.state <> 'LOST')
                              ORDER BY random() LIMIT 1) next
                        ON CONFLICT (pair_id, annotator_id) DO UPDATE
                            SET state = 'LEASED', slot = NULL, known_answer_id = excluded.known_answer_id,
                                fencing_token = excluded.fencing_token, expires_at = excluded.expires_at, leased_at = now(),
                                protocol_sha256 = excluded.protocol_sha256, stratum = excluded.stratum,
                                selection_probability = excluded.selection_probability,
                                acquisition_batch_id = excluded.acquisition_batch_id
                            WHERE held.state = 'LOST'""")
                        .param("campaign", campaign)
                        .param("annotator", annotator)
                        .param("seconds", leaseSeconds)
                        .param("swapped", swapped)
                        .update()
                == 1;
    }

    /** Leases the same pair again, with a new token. */
    void leaseAgain(UUID assignment, int leaseSeconds) {
        jdbc.sql("""
                        UPDATE assignment SET state = 'LEASED', leased_at = now(), fencing_token = nextval('fencing_token'),
                            expires_at = now() + make_interval(secs => ?) WHERE id = ?""").params(leaseSeconds, assignment).update();
    }
}
