package org.diptych.service.dataset;

import java.util.List;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an export to be, in the words of the interface and of the command line; null where nothing is said.
 *
 * @param format name of a format
 * @param filter which labels, such as {@code stratum=uniform}
 * @param split shares of the parts, such as {@code 80/10/10}
 * @param consensus how several answers become one
 * @param names how people and models are called
 * @param ties what becomes of tasks in which nobody won
 * @param licence identifier of a licence (SPDX)
 */
public record ExportWish(
        String format,
        List<String> filter,
        @Nullable String split,
        @Nullable String consensus,
        @Nullable String names,
        @Nullable String ties,
        @Nullable String licence) {
    /** More words than any form has, and few enough for a row. */
    private static final int MOST_WORDS = 200;

    private static final int LONGEST_WORD = 300;

    /** A wish. */
    public ExportWish {
        filter = List.copyOf(filter);
        if (filter.size() > MOST_WORDS || filter.stream().anyMatch(word -> word.length() > LONGEST_WORD)) {
            throw Problem.invalid(
                    "unknown_filter",
                    "filter",
                    "A filter has at most " + MOST_WORDS + " words of " + LONGEST_WORD + " letters.");
        }
    }

    /** The format, if it is one. */
    ExportFormat wanted() {
        return ExportFormat.of(format);
    }

    /** The name of the file that comes of it. */
    String fileName() {
        return wanted().fileName(split == null ? Split.NONE : Split.of(split));
    }

    /** The options, if the format has a use for all of them. */
    ExportOptions options() {
        return ExportOptions.of(wanted(), filter, split, consensus, names, ties, licence);
    }
}
