package org.diptych.service.assignment;

import java.util.UUID;
import org.diptych.service.assignment.AssignmentService.Empty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds out why there is nothing for an annotator. */
@Repository
class EmptyQueue {
    private final JdbcClient jdbc;

    EmptyQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Why nothing was handed out. Gold that the annotator skipped counts like any other skipped pair, else the answer would
     * tell it from them.
     */
    Empty reason(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT CASE
                            WHEN EXISTS (SELECT 1 FROM slot s WHERE s.campaign_id = :campaign AND s.state IN ('OPEN', 'LEASED')
                                AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.pair_id = s.pair_id
                                                AND a.annotator_id = :annotator AND a.state <> 'LOST'))
                            THEN 'HELD_BY_OTHERS'
                            WHEN EXISTS (SELECT 1 FROM assignment a WHERE a.campaign_id = :campaign
                                AND a.annotator_id = :annotator AND a.state = 'SKIPPED'
                                AND (a.slot IS NULL OR EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = a.pair_id
                                                               AND s.state IN ('OPEN', 'LEASED'))))
                            THEN 'SKIPPED_BY_YOU'
                            ELSE 'ALL_LABELLED' END""")
                .param("annotator", annotator)
                .param("campaign", campaign)
                .query(Empty.class)
                .single();
    }
}
