package org.diptych.service.dataset;

import java.util.ArrayList;
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
 * @param ties what becomes of tasks in which nobody won
 * @param licence identifier of a licence (SPDX), in the card; {@code unknown} if nobody said
 */
public record ExportOptions(
        LabelFilter filter, Split split, ConsensusRule consensus, Names names, Ties ties, String licence) {
    /** What is done without a word in a dataset of several files. */
    public static final ExportOptions DEFAULT = of(LabelFilter.DEFAULT);

    private static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,63}");

    /** These labels, and nothing else said. */
    static ExportOptions of(LabelFilter filter) {
        return new ExportOptions(
                filter, Split.NONE, ConsensusRule.MAJORITY, Names.WRITTEN, Ties.KEEP, DatasetCard.NO_LICENCE);
    }

    /**
     * Reads the parameters of a request; null where there is none.
     *
     * @throws Problem that names the parameter and what it may be, also where the format has no use for it
     */
    static ExportOptions of(
            ExportFormat format,
            List<String> filter,
            @Nullable String split,
            @Nullable String consensus,
            @Nullable String names,
            @Nullable String ties,
            @Nullable String licence) {
        if (licence != null && !LICENCE.matcher(licence).matches()) {
            throw Problem.invalid(
                    "unknown_licence",
                    "licence",
                    "A licence is an SPDX identifier, such as CC-BY-4.0, not " + licence + ".");
        }
        var options = new ExportOptions(
                format.filter().with(filter),
                split == null ? Split.NONE : Split.of(split),
                consensus == null ? ConsensusRule.MAJORITY : word(ConsensusRule.values(), "consensus", consensus),
                names == null ? Names.WRITTEN : word(Names.values(), "names", names),
                ties == null ? Ties.KEEP : word(Ties.values(), "ties", ties),
                licence == null ? DatasetCard.NO_LICENCE : licence);
        options.requireOf(format);
        return options;
    }

    /** Refuses what would be passed over in silence. */
    void requireOf(ExportFormat format) {
        var idle = new ArrayList<String>();
        if (!format.isFolder()) {
            idle(idle, "consensus", consensus != ConsensusRule.MAJORITY);
            idle(idle, "licence", !licence.equals(DatasetCard.NO_LICENCE));
        }
        idle(idle, "split", !format.hasParts() && !split.equals(Split.NONE));
        idle(idle, "filter", format == ExportFormat.REPLAY && !filter.equals(format.filter()));
        idle(idle, "filter superseded=include", format != ExportFormat.JSONL && filter.superseded());
        idle(idle, "names", format == ExportFormat.REPLAY && names != Names.WRITTEN);
        idle(idle, "ties=" + word(ties), !format.ties().contains(ties));
        if (!idle.isEmpty()) {
            throw Problem.invalid(
                    "no_options",
                    idle.getFirst().split("[ =]")[0],
                    format.word() + " has no use for " + String.join(", ", idle) + ". Leave that out"
                            + (!format.ties().contains(ties) && format.ties().size() > 1
                                    ? ", or say "
                                            + format.ties().stream()
                                                    .sorted()
                                                    .map(each -> "ties=" + word(each))
                                                    .collect(Collectors.joining(" or "))
                                    : "")
                            + ".");
        }
    }

    private static void idle(List<String> idle, String name, boolean said) {
        if (said) {
            idle.add(name);
        }
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
