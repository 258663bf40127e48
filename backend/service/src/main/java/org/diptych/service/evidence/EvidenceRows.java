package org.diptych.service.evidence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.image.ImagePipeline;
import org.diptych.service.image.PictureMeasured;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of measured and waiting candidates. Each statement is a transaction of its own. */
@Repository
class EvidenceRows {
    private final JdbcClient jdbc;

    EvidenceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Candidates to be measured after the given one, in the order in which they were imported. */
    List<Waiting> pending(UUID after, int most) {
        return jdbc.sql("""
                        SELECT e.candidate_id, i.source_sha256, c.image_sha256 FROM candidate_evidence e
                        JOIN candidate c ON c.id = e.candidate_id JOIN item i ON i.id = c.item_id
                        WHERE e.outcome = 'PENDING' AND e.not_before <= now() AND e.candidate_id > ?
                        ORDER BY e.candidate_id LIMIT ?""")
                .params(after, most)
                .query((row, number) -> new Waiting(
                        row.getObject("candidate_id", UUID.class),
                        row.getString("source_sha256"),
                        row.getString("image_sha256")))
                .list();
    }

    /**
     * Counts an attempt; the next one waits longer each time.
     *
     * @return which attempt this is, from 1
     */
    int attempt(UUID candidate) {
        return jdbc.sql("""
                        UPDATE candidate_evidence SET attempts = attempts + 1,
                            not_before = now() + (attempts + 1) * interval '1 minute'
                        WHERE candidate_id = ? RETURNING attempts""").param(candidate).query(Integer.class).single();
    }

    void measured(UUID candidate, EditLeak leak, @Nullable String overlaySha256) {
        var measure = leak.measure();
        jdbc.sql("""
                        UPDATE candidate_evidence SET outcome = :outcome, method = :method, touched_share = :touched,
                            touched_parts = :parts, leak_share = :leak, leak_strength = :strength,
                            overlay_sha256 = :overlay, pipeline = :pipeline, measured_at = now()
                        WHERE candidate_id = :candidate""")
                .param("outcome", leak.outcome().name())
                .param("method", EditLeak.METHOD)
                .param("pipeline", ImagePipeline.VERSION)
                .param("touched", measure == null ? null : measure.touched())
                .param("parts", measure == null ? null : measure.parts())
                .param("leak", measure == null ? null : measure.leak())
                .param("strength", measure == null ? null : measure.strength())
                .param("overlay", overlaySha256)
                .param("candidate", candidate)
                .update();
    }

    /** What was measured of other pixels than a picture has today waits to be measured again. */
    @EventListener(condition = "#picture.changed()")
    void measureAgain(PictureMeasured picture) {
        jdbc.sql("""
                        UPDATE candidate_evidence SET outcome = 'PENDING', method = NULL, touched_share = NULL,
                            touched_parts = NULL, leak_share = NULL, leak_strength = NULL, overlay_sha256 = NULL,
                            attempts = 0, not_before = now(), measured_at = NULL
                        WHERE outcome <> 'PENDING' AND coalesce(pipeline, 0) < :version AND candidate_id IN (
                            SELECT id FROM candidate WHERE image_sha256 = :picture
                            UNION ALL
                            SELECT c.id FROM item i JOIN candidate c ON c.item_id = i.id WHERE i.source_sha256 = :picture)""")
                .param("version", ImagePipeline.VERSION)
                .param("picture", picture.sha256())
                .update();
    }

    /** Gives a candidate up: one of its pictures cannot be read. */
    void unreadable(UUID candidate) {
        jdbc.sql(
                        "UPDATE candidate_evidence SET outcome = 'UNREADABLE', pipeline = ?, measured_at = now() WHERE candidate_id = ?")
                .params(ImagePipeline.VERSION, candidate)
                .update();
    }

    /** The evidence for both edits of an annotator's assignment, in the sides that they see. */
    Optional<Pair> ofAssignment(UUID assignment, UUID annotator) {
        return jdbc.sql("""
                        SELECT a.campaign_id, a.swapped,
                               a.state IN ('LEASED', 'EXTRA', 'LABELLED')
                                   OR EXISTS (SELECT 1 FROM label l WHERE l.assignment_id = a.id) AS held,
                               f.outcome f_outcome, f.touched_share f_touched, f.touched_parts f_parts,
                               f.leak_share f_leak, f.leak_strength f_strength, f.overlay_sha256 f_overlay,
                               s.outcome s_outcome, s.touched_share s_touched, s.touched_parts s_parts,
                               s.leak_share s_leak, s.leak_strength s_strength, s.overlay_sha256 s_overlay
                        FROM assignment a JOIN pair p ON p.id = a.pair_id
                        JOIN candidate_evidence f ON f.candidate_id = p.first_candidate_id
                        JOIN candidate_evidence s ON s.candidate_id = p.second_candidate_id
                        WHERE a.id = ? AND a.annotator_id = ?""")
                .params(assignment, annotator)
                .query((row, number) -> {
                    var first = CandidateEvidence.read(row, "f");
                    var second = CandidateEvidence.read(row, "s");
                    boolean swapped = row.getBoolean("swapped");
                    return new Pair(
                            row.getObject("campaign_id", UUID.class),
                            row.getBoolean("held"),
                            swapped ? second : first,
                            swapped ? first : second);
                })
                .optional();
    }

    /**
     * A candidate to be measured.
     *
     * @param candidate its id
     * @param source digest of the source picture
     * @param image digest of the edit
     */
    record Waiting(UUID candidate, String source, String image) {}

    /**
     * Both edits of an assignment.
     *
     * @param campaign where it belongs
     * @param held whether the pair is the annotator's now, or they have answered it
     */
    record Pair(UUID campaign, boolean held, CandidateEvidence left, CandidateEvidence right) {}
}
