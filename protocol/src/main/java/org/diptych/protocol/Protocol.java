package org.diptych.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An annotation protocol: what annotators are asked, and how verdicts follow from their answers.
 *
 * @param id name of the family of versions, e.g. {@code edit-preference}
 * @param version 1, 2, …; a published version never changes
 * @param sha256 digest of the document's bytes, lower-case hexadecimal: the protocol's identity
 * @param mode ratings or comparisons
 * @param title what people call it
 * @param dimensions what is judged, in the order of the screen
 * @param verdictRule when equal ratings are "both bad"; not used by comparison protocols
 * @param skipReasons why a pair may be left unanswered
 * @param qualification what a new annotator goes through
 */
public record Protocol(
        String id,
        int version,
        String sha256,
        AnswerMode mode,
        LocalizedText title,
        List<Dimension> dimensions,
        VerdictRule verdictRule,
        List<SkipReason> skipReasons,
        Qualification qualification) {
    /** Key of the derived overall verdict beside the dimensions' own. */
    public static final String OVERALL = "overall";

    public Protocol {
        dimensions = List.copyOf(dimensions);
        skipReasons = List.copyOf(skipReasons);
    }

    /** How people and the command line name this version: {@code edit-preference-v1}. */
    public String reference() {
        return id + "-v" + version;
    }

    /** The dimension with the given id. */
    public Optional<Dimension> dimension(String dimensionId) {
        return dimensions.stream().filter(d -> d.id().equals(dimensionId)).findFirst();
    }

    /**
     * Why answers under this protocol cannot be put beside answers under another; empty when every answer to one is an
     * answer to the other. Texts, skip reasons and the rule for verdicts may differ.
     */
    public Optional<String> answersDifferFrom(Protocol other) {
        if (mode != other.mode) {
            return Optional.of("one asks for ratings, the other for comparisons");
        }
        var ids = dimensions.stream().map(Dimension::id).toList();
        var otherIds = other.dimensions.stream().map(Dimension::id).toList();
        if (!ids.equals(otherIds)) {
            return Optional.of("the dimensions are " + String.join(", ", ids) + " and " + String.join(", ", otherIds));
        }
        if (mode == AnswerMode.RATING) {
            for (int i = 0; i < dimensions.size(); i++) {
                var mine = dimensions.get(i);
                var others = other.dimensions.get(i);
                if (mine.lowest() != others.lowest() || mine.highest() != others.highest()) {
                    return Optional.of("the levels of " + mine.id() + " are " + mine.lowest() + " to " + mine.highest()
                            + " and " + others.lowest() + " to " + others.highest());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Checks that the answers are complete and within the scale.
     *
     * @throws InvalidAnswerException naming the first dimension at fault
     */
    public void check(Map<String, Answer> answers) {
        for (var dimension : dimensions) {
            var answer = answers.get(dimension.id());
            switch (answer) {
                case null -> throw new InvalidAnswerException(dimension.id(), "answer " + dimension.id() + " first");
                case RatingPair ratings -> {
                    require(
                            mode == AnswerMode.RATING,
                            dimension,
                            "this protocol asks for a comparison, not for ratings");
                    requireOnScale(dimension, ratings.first());
                    requireOnScale(dimension, ratings.second());
                }
                case Comparison comparison ->
                    require(
                            mode == AnswerMode.COMPARISON,
                            dimension,
                            "this protocol asks for ratings, not for a comparison");
            }
        }
        for (var id : answers.keySet()) {
            if (dimension(id).isEmpty()) {
                throw new InvalidAnswerException(id, "protocol " + reference() + " has no dimension " + id);
            }
        }
    }

    /**
     * Derives the verdict of every dimension and, under {@link #OVERALL}, of the pair. Ratings: the higher rating wins,
     * equal ratings are a tie, or both bad at or below the rule's level; overall compares the sums (EditReward's
     * overall = sum of the dimensions). Comparisons: overall is the sign of the summed strengths, and both bad when
     * every dimension is.
     *
     * @param answers complete answers, see {@link #check}
     */
    public Map<String, Verdict> verdicts(Map<String, Answer> answers) {
        check(answers);
        var verdicts = new LinkedHashMap<String, Verdict>();
        int first = 0;
        int second = 0;
        boolean allBothBad = true;
        for (var dimension : dimensions) {
            Verdict verdict;
            switch (answers.get(dimension.id())) {
                case RatingPair ratings -> {
                    first += ratings.first();
                    second += ratings.second();
                    verdict = tieOrBothBad(ratings.verdict(), ratings.first(), verdictRule.bothBadAtMost());
                }
                case Comparison comparison -> {
                    first += comparison.strength();
                    verdict = comparison.verdict();
                }
                case null -> throw new IllegalStateException("checked above");
            }
            allBothBad &= verdict == Verdict.BOTH_BAD;
            verdicts.put(dimension.id(), verdict);
        }
        var overall = new RatingPair(first, second).verdict();
        verdicts.put(
                OVERALL,
                switch (mode) {
                    case RATING -> tieOrBothBad(overall, first, verdictRule.overallBothBadAtMost());
                    case COMPARISON -> allBothBad ? Verdict.BOTH_BAD : overall;
                });
        return verdicts;
    }

    private static Verdict tieOrBothBad(Verdict verdict, int level, int bothBadAtMost) {
        return verdict == Verdict.TIE && level <= bothBadAtMost ? Verdict.BOTH_BAD : verdict;
    }

    private static void requireOnScale(Dimension dimension, int rating) {
        require(
                rating >= dimension.lowest() && rating <= dimension.highest(),
                dimension,
                "rating " + rating + " is outside " + dimension.lowest() + " to " + dimension.highest());
    }

    private static void require(boolean condition, Dimension dimension, String message) {
        if (!condition) {
            throw new InvalidAnswerException(dimension.id(), dimension.id() + ": " + message);
        }
    }

    /**
     * When equal ratings count as "both bad" instead of a tie.
     *
     * @param bothBadAtMost on one dimension: both ratings at or below this level
     * @param overallBothBadAtMost overall: both sums at or below this
     */
    public record VerdictRule(int bothBadAtMost, int overallBothBadAtMost) {
        /** No tie is ever "both bad" by derivation. */
        static final VerdictRule NEVER = new VerdictRule(Integer.MIN_VALUE, Integer.MIN_VALUE);
    }
}
