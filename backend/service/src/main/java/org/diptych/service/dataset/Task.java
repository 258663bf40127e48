package org.diptych.service.dataset;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * What was asked, whichever ids it had: the instruction, the source and the two edits, in any order. One task may have come
 * in under two ids; what is said of it belongs together.
 *
 * @param source SHA-256 of the source picture
 * @param one the edit with the lesser digest
 * @param other the edit with the greater digest
 */
record Task(String instruction, String source, String one, String other) {
    /** The task of a row with {@code instruction}, {@code source_sha256}, {@code first_image}, {@code second_image}. */
    static Task of(ResultSet row) throws SQLException {
        var first = row.getString("first_image");
        var second = row.getString("second_image");
        boolean inOrder = first.compareTo(second) <= 0;
        return new Task(
                row.getString("instruction"),
                row.getString("source_sha256"),
                inOrder ? first : second,
                inOrder ? second : first);
    }

    /** The same text for the same task, in this campaign and in every other. */
    String digest() {
        var text = String.join("\n", source, one, other, instruction);
        return HexFormat.of()
                .formatHex(SnapshotService.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }
}
