package org.diptych.reward.worker;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.diptych.reward.Score;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes candidates' scores with COPY: one statement for thousands of rows. */
@Component
class ScoreTable {
    private final JdbcTemplate jdbc;

    ScoreTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Removes the scores of all versions of the campaign. */
    void clear(UUID campaign) {
        jdbc.update(
                "DELETE FROM candidate_score WHERE model_version_id IN (SELECT id FROM model_version WHERE campaign_id = ?)",
                campaign);
    }

    /** Adds scores by a version; the candidates must have none by it. */
    void add(UUID version, List<UUID> candidates, List<Score> scores) {
        var rows = new StringBuilder();
        for (int row = 0; row < scores.size(); row++) {
            var score = scores.get(row);
            rows.append(version).append('\t').append(candidates.get(row));
            append(rows, score.mu());
            append(rows, score.sigma());
            append(rows, score.epistemic());
            rows.append('\t')
                    .append((float) score.overallMu())
                    .append('\t')
                    .append((float) score.overallSigma())
                    .append('\n');
        }
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("""
                        COPY candidate_score (model_version_id, candidate_id, mu, sigma, epistemic, overall_mu, overall_sigma)
                        FROM STDIN""", new StringReader(rows.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void append(StringBuilder rows, List<Double> values) {
        rows.append("\t{");
        for (int index = 0; index < values.size(); index++) {
            rows.append(index == 0 ? "" : ",").append(values.get(index).floatValue());
        }
        rows.append('}');
    }
}
