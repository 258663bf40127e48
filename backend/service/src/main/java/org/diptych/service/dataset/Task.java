package org.diptych.service.dataset;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.diptych.protocol.text.Sha256;

/**
 * What was asked, whichever ids it had: the instruction, the source and the two edits, in any order. One task may have come
 * in under two ids; what is said of it belongs together.
 *
 * @param source digest of the pixels of the source picture, so that its format does not matter
 * @param one the edit with the lesser such digest
 * @param other the edit with the greater one
 */
record Task(String instruction, String source, String one, String other) {
    /** The task of a row with {@code instruction}, {@code source_pixels}, {@code first_pixels}, {@code second_pixels}. */
    static Task of(ResultSet row) throws SQLException {
        var first = row.getString("first_pixels");
        var second = row.getString("second_pixels");
        boolean inOrder = first.compareTo(second) <= 0;
        return new Task(
                row.getString("instruction"),
                row.getString("source_pixels"),
                inOrder ? first : second,
                inOrder ? second : first);
    }

    /** Whether the two edits look the same: there is nothing to prefer. */
    boolean isOfOnePicture() {
        return one.equals(other);
    }

    /** The same text for the same task, in this campaign and in every other. */
    String digest() {
        var text = String.join("\n", source, one, other, instruction);
        return HexFormat.of()
                .formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }
}
