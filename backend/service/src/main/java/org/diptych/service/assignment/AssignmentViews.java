package org.diptych.service.assignment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads assignments as their annotators see them. */
@Repository
class AssignmentViews {
    private final JdbcClient jdbc;
    private final Clock clock;

    AssignmentViews(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What the annotator holds, oldest first. */
    List<AssignmentView> held(UUID annotator, UUID campaign, int count) {
        return views(
                "a.annotator_id = ? AND a.campaign_id = ? AND a.state = 'LEASED' ORDER BY a.leased_at, a.id LIMIT ?",
                annotator,
                campaign,
                count);
    }

    /** Those of the given ids, in no particular order. */
    List<AssignmentView> of(Collection<UUID> assignments) {
        return views("a.id = ANY (?::uuid[])", (Object) assignments.toArray(UUID[]::new));
    }

    private List<AssignmentView> views(String condition, Object... parameters) {
        var now = clock.instant();
        return jdbc.sql("""
                        SELECT a.id, a.fencing_token, a.expires_at, a.state, a.swapped, i.instruction, i.category,
                               a.protocol_sha256, s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made
                        FROM assignment a
                        JOIN pair p ON p.id = a.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE """ + " " + condition)
                .params(parameters)
                .query((row, number) -> {
                    var first = picture(row, "f");
                    var second = picture(row, "g");
                    boolean swapped = row.getBoolean("swapped");
                    return new AssignmentView(
                            row.getObject("id", UUID.class),
                            row.getLong("fencing_token"),
                            row.getTimestamp("expires_at").toInstant(),
                            now,
                            row.getString("state").equals("EXTRA"),
                            row.getString("instruction"),
                            row.getString("category"),
                            picture(row, "s"),
                            swapped ? second : first,
                            swapped ? first : second,
                            row.getString("protocol_sha256"));
                })
                .list();
    }

    private static AssignmentView.Picture picture(ResultSet row, String prefix) throws SQLException {
        return AssignmentView.Picture.of(
                row.getString(prefix + "_sha"),
                row.getInt(prefix + "_w"),
                row.getInt(prefix + "_h"),
                row.getInt(prefix + "_made"));
    }
}
