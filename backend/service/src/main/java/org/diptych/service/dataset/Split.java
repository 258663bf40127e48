package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.service.problem.Problem;

/**
 * Parts of a dataset that share no source picture. Where a source goes depends on its pixels and the shares alone: also in
 * another campaign, and when labels came in between, it goes to the same part. So the shares hold for sources, on average.
 *
 * @param train per cent of the sources
 * @param validation per cent of the sources
 * @param test per cent of the sources
 */
public record Split(int train, int validation, int test) {
    /** One part with everything. */
    public static final Split NONE = new Split(100, 0, 0);

    private static final Pattern SHARES = Pattern.compile("(\\d{1,3})/(\\d{1,3})/(\\d{1,3})");

    /** Reads {@code 80/10/10}. */
    static Split of(String text) {
        var shares = SHARES.matcher(text);
        if (shares.matches()) {
            var split = new Split(number(shares.group(1)), number(shares.group(2)), number(shares.group(3)));
            if (split.train + split.validation + split.test == 100 && split.train > 0) {
                return split;
            }
        }
        throw Problem.invalid(
                "unknown_split",
                "split",
                "A split is three whole numbers that make 100: train/validation/test, such as 80/10/10, not " + text
                        + ".");
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** What it was read from. */
    String words() {
        return train + "/" + validation + "/" + test;
    }

    /** The names of its parts. */
    public List<String> parts() {
        var parts = new ArrayList<String>();
        if (train > 0) {
            parts.add("train");
        }
        if (validation > 0) {
            parts.add("validation");
        }
        if (test > 0) {
            parts.add("test");
        }
        return parts;
    }

    /**
     * The part of a source.
     *
     * @param pixels SHA-256 of its pixels, in hexadecimal
     */
    public String part(String pixels) {
        long place = Long.parseUnsignedLong(pixels.substring(0, 15), 16) % 100;
        return place < train ? "train" : place < train + validation ? "validation" : "test";
    }
}
