package org.diptych.command;

import java.util.Map;
import org.diptych.command.BenchmarkRows.Vote;
import org.jspecify.annotations.Nullable;

/** Votes as the benchmarks and the judges of GenAI-Bench write them. */
final class BenchmarkVotes {
    private static final Map<String, Vote> HUMAN = Map.of(
            "leftvote", Vote.FIRST,
            "rightvote", Vote.SECOND,
            "tievote", Vote.TIE,
            "bothbad_vote", Vote.BOTH_BAD);

    private static final Map<String, Vote> JUDGE = Map.of(
            "A>B", Vote.FIRST,
            "B>A", Vote.SECOND,
            "A=B", Vote.TIE,
            "A=B=Good", Vote.TIE,
            "A=B=Bad", Vote.BOTH_BAD);

    private BenchmarkVotes() {}

    /** What is said of a field that is there and holds nothing that a judge would answer. */
    static String noAnswer(String judge) {
        return "--judge: the field \"%s\" holds no answer of a judge in any record: [[A>B]], [[B>A]], [[A=B=Good]] or"
                        .formatted(judge)
                + " [[A=B=Bad]].";
    }

    /** A person's vote, null when it is none. */
    static @Nullable Vote human(String text) {
        return HUMAN.get(text);
    }

    /**
     * A judge's answer by exact match, as published: {@code [[A>B]]}, {@code [[B>A]]}, {@code [[A=B=Good]]},
     * {@code [[A=B=Bad]]}. Anything else is no answer: what a judge may have meant is not guessed.
     */
    static @Nullable Vote bracketed(String text) {
        return text.startsWith("[[") && text.endsWith("]]") && !text.equals("[[A=B]]")
                ? JUDGE.get(text.substring(2, text.length() - 2))
                : null;
    }

    /** The same, or without brackets, or a tie that is neither good nor bad. */
    static @Nullable Vote answer(String text) {
        var bare = text.strip();
        if (bare.startsWith("[[") && bare.endsWith("]]")) {
            bare = bare.substring(2, bare.length() - 2);
        }
        return JUDGE.get(bare);
    }
}
