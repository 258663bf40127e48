package org.diptych.service.dataset;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file are asked for (RFC 9110, sections 13.1.5 and 14): all of them, or one range. What cannot be read and
 * several ranges at once count as a question for the whole file.
 *
 * @param first from 0
 * @param length how many
 * @param partial whether it is a range, else the whole file
 */
record FileRange(long first, long length, boolean partial) {
    // longer numbers are beyond the end of any file, and of a long
    private static final Pattern ONE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /**
     * Reads what a client says.
     *
     * @param range the header {@code Range}, or null
     * @param ifRange the header {@code If-Range}, or null: the range is of a file with this tag, else everything is wanted
     * @param tag of the file, in quotes
     * @param total its length
     */
    static FileRange of(@Nullable String range, @Nullable String ifRange, String tag, long total) {
        var whole = new FileRange(0, total, false);
        if (range == null || (ifRange != null && !ifRange.strip().equals(tag))) {
            return whole;
        }
        var words = ONE.matcher(range.strip());
        if (!words.matches()) {
            return whole;
        }
        var from = words.group(1);
        var to = words.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? whole : last(Long.parseLong(to), total);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return whole;
        }
        return new FileRange(first, Math.max(0, Math.min(last, total - 1) - first + 1), true);
    }

    private static FileRange last(long count, long total) {
        long length = Math.min(count, total);
        return new FileRange(total - length, length, true);
    }

    /** Whether the file has no byte of it. */
    boolean isBeyondTheEnd() {
        return partial && length == 0;
    }

    /** The header {@code Content-Range} of an answer with these bytes. */
    String words(long total) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + total;
    }
}
