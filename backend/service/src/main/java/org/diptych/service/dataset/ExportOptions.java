package org.diptych.service.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is made of and how it says it.
 *
 * @param filter which labels
 * @param split its parts
 * @param consensus how several answers become one
 * @param names how people and models are called
 * @param licence identifier of a licence (SPDX), in the card; {@code unknown} if nobody said
 */
public record ExportOptions(LabelFilter filter, Split split, ConsensusRule consensus, Names names, String licence) {
    /** What is done without a word. */
    public static final ExportOptions DEFAULT =
            new ExportOptions(LabelFilter.DEFAULT, Split.NONE, ConsensusRule.MAJORITY, Names.WRITTEN, "unknown");

    /** The same, with the labels of pairs that a lead has taken out. */
    static final ExportOptions WITH_TAKEN_OUT =
            new ExportOptions(LabelFilter.WITH_TAKEN_OUT, Split.NONE, ConsensusRule.MAJORITY, Names.WRITTEN, "unknown");

    private static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,63}");

    /** Reads the parameters of a request; null where there is none. */
    static ExportOptions of(
            List<String> filter,
            @Nullable String split,
            @Nullable String consensus,
            @Nullable String names,
            @Nullable String licence) {
        if (licence != null && !LICENCE.matcher(licence).matches()) {
            throw Problem.invalid(
                    "unknown_licence",
                    "licence",
                    "A licence is an SPDX identifier, such as CC-BY-4.0, not " + licence + ".");
        }
        return new ExportOptions(
                LabelFilter.of(filter),
                split == null ? Split.NONE : Split.of(split),
                consensus == null ? ConsensusRule.MAJORITY : word(ConsensusRule.values(), "consensus", consensus),
                names == null ? Names.WRITTEN : word(Names.values(), "names", names),
                licence == null ? "unknown" : licence);
    }

    private static <E extends Enum<E>> E word(E[] values, String field, String word) {
        return Arrays.stream(values)
                .filter(value -> word(value).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "unknown_" + field,
                        field,
                        field + " is one of "
                                + Arrays.stream(values).map(ExportOptions::word).collect(Collectors.joining(", "))
                                + ", not " + word + "."));
    }

    /** The name of a choice in requests and on the command line: {@code dawid-skene}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
