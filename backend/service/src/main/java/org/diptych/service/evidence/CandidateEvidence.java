package org.diptych.service.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one candidate.
 *
 * @param outcome name of an {@link EditLeak.Outcome}, or PENDING or UNREADABLE
 * @param touched share of the picture in the touched region, 0..1
 * @param parts connected parts of that region
 * @param leak share of the rest that changed noticeably, 0..1
 * @param strength mean CIE94 difference of that share
 * @param overlay digest of the map
 */
record CandidateEvidence(
        String outcome,
        @Nullable Double touched,
        @Nullable Integer parts,
        @Nullable Double leak,
        @Nullable Double strength,
        @Nullable String overlay) {
    static CandidateEvidence read(ResultSet row, String prefix) throws SQLException {
        return new CandidateEvidence(
                row.getString(prefix + "_outcome"),
                Columns.number(row, prefix + "_touched"),
                row.getObject(prefix + "_parts", Integer.class),
                Columns.number(row, prefix + "_leak"),
                Columns.number(row, prefix + "_strength"),
                row.getString(prefix + "_overlay"));
    }
}
