package org.diptych.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How near an annotator's answer comes to the known one, per dimension.
 *
 * <p>1 for the right verdict, 1/2 for a near miss, else 0. For ratings, the right verdict counts whole when both ratings
 * are within one level of the known ones and half when they are not; another verdict is a near miss when all that is
 * wrong is one rating by one level, or when it is a tie for both bad, each rating within one level. For comparisons, strength is not asked for (first and first_much are the same
 * verdict), and a near miss is one step on the line first, tie or both bad, second. A preference for the wrong edit
 * always scores 0.
 *
 * <p>Counting adjacent levels is what studies of trained raters on ordered scales do ("exact and adjacent agreement",
 * Jonsson and Svingby 2007, Educational Research Review 2, 130-144): on a four-level scale experts themselves differ by a
 * level. That an adjacent level is worth half, and that the verdict decides, is a choice of this product: a pair is asked
 * about to learn which edit is better. Rating everything the same is not rewarded: it is a near miss only where the
 * known ratings are one level apart.
 *
 * @param dimensions in the protocol's order, each 0, 1/2 or 1
 */
public record AnswerScore(Map<String, Double> dimensions) {
    private static final double NEAR_MISS = 0.5;

    public AnswerScore {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /**
     * Scores an answer.
     *
     * @throws InvalidAnswerException when one of them does not fit the protocol
     */
    public static AnswerScore of(Protocol protocol, Map<String, Answer> known, Map<String, Answer> given) {
        var right = protocol.verdicts(known);
        var verdicts = protocol.verdicts(given);
        var scores = new LinkedHashMap<String, Double>();
        for (var dimension : protocol.dimensions()) {
            var id = dimension.id();
            boolean agree = right.get(id) == verdicts.get(id);
            scores.put(id, score(Objects.requireNonNull(known.get(id)), Objects.requireNonNull(given.get(id)), agree));
        }
        return new AnswerScore(scores);
    }

    private static double score(Answer known, Answer given, boolean agree) {
        if (known instanceof RatingPair right && given instanceof RatingPair ratings) {
            int first = Math.abs(right.first() - ratings.first());
            int second = Math.abs(right.second() - ratings.second());
            if (agree) {
                return Math.max(first, second) <= 1 ? 1 : NEAR_MISS;
            }
            boolean undecided = direction(known) == 0 && direction(given) == 0;
            return first + second <= 1 || (undecided && Math.max(first, second) <= 1) ? NEAR_MISS : 0;
        }
        if (agree) {
            return 1;
        }
        return Math.abs(direction(known) - direction(given)) <= 1 ? NEAR_MISS : 0;
    }

    private static int direction(Answer answer) {
        return switch (answer.verdict()) {
            case FIRST -> 1;
            case SECOND -> -1;
            case TIE, BOTH_BAD -> 0;
        };
    }

    /** The mean over the dimensions, 0 to 1. */
    public double mean() {
        return dimensions.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
