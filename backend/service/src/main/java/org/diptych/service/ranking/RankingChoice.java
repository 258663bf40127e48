package org.diptych.service.ranking;

import java.util.Locale;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which comparisons are ranked.
 *
 * @param population which pairs, and how much each says
 * @param answers whether each label counts, or each pair
 * @param category only items of this category; null for all
 */
public record RankingChoice(
        Population population, Answers answers, @Nullable String category) {
    /** The pairs that were drawn at random, each label by itself, all categories. */
    public static final RankingChoice USUAL = new RankingChoice(Population.UNIFORM, Answers.RAW, null);

    /** Which pairs are asked. */
    public enum Population {
        /** Pairs that were drawn at random: every one counts the same. */
        UNIFORM,
        /**
         * All labels. Those of a pair that the model chose count by the inverse of its selection probability times the
         * pairs it was chosen from, so that on average over the choice every pair counts once.
         */
        WEIGHTED
    }

    /** What one comparison is. */
    public enum Answers {
        /** Every label. The bias towards a side of the screen is estimated and taken out. */
        RAW,
        /** Every pair once, shared among the verdicts by the posterior of the model of the annotators. It has no sides. */
        CONSENSUS
    }

    /**
     * The choice in a request's words.
     *
     * @throws Problem {@code invalid_value} naming the word that is none
     */
    static RankingChoice of(String population, String answers, @Nullable String category) {
        return new RankingChoice(
                constant(Population.values(), "population", population),
                constant(Answers.values(), "answers", answers),
                category == null || category.isEmpty() ? null : category);
    }

    private static <T extends Enum<T>> T constant(T[] values, String field, String word) {
        for (var value : values) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        throw Problem.invalid(
                "invalid_value",
                field,
                field + " must be " + word(values[0]) + " or " + word(values[values.length - 1]) + ".");
    }

    /** How a value is written. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
