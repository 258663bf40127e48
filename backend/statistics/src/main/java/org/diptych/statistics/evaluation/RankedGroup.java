package org.diptych.statistics.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The candidates of one item (2 to 26 of them) with the human ranking and the model's scores.
 *
 * <p>The ranking is a weak order: candidates in the order in which the annotator named them, best first, each either
 * worse than or equal to the one before.
 */
public final class RankedGroup {
    /** The only ties that the published reader knows. */
    private static final Set<String> PUBLISHED_TIES = Set.of("A=B=Good", "A=B=Bad");

    private final int[] order;
    private final boolean[] equalsPrevious;
    private final int[] rank;
    private final double[] score;
    private final boolean plainTie;

    private RankedGroup(int[] order, boolean[] equalsPrevious, double[] score, boolean plainTie) {
        this.order = order;
        this.equalsPrevious = equalsPrevious;
        this.score = score.clone();
        this.plainTie = plainTie;
        this.rank = new int[order.length];
        for (int position = 0; position < order.length; position++) {
            rank[order[position]] = position > 0 && equalsPrevious[position] ? rank[order[position - 1]] : position;
        }
    }

    /**
     * Reads a ranking as the benchmark files write it: {@code A>B}, {@code A<B}, {@code A=B}, {@code A=B=Good},
     * {@code A=B=Bad}, {@code C>A=B>D}; letters name the candidates in the order of the scores. ({@code A=B} is a tie;
     * only {@link GroupRanking#editReward} takes it for what the published reader does.)
     *
     * @param score the model's score of each candidate
     * @throws IllegalArgumentException quoting the ranking when it does not name each candidate exactly once
     */
    public static RankedGroup parse(String ranking, double... score) {
        String text = ranking.strip();
        if (text.matches("[A-Z]<[A-Z]")) {
            text = text.charAt(2) + ">" + text.charAt(0);
        }
        text = text.replaceFirst("=(Good|Bad)$", "");
        if (!text.matches("[A-Z]([>=][A-Z])+")) {
            throw new IllegalArgumentException(
                    "Cannot read the ranking \"%s\": write it like C>A=B".formatted(ranking));
        }
        int size = (text.length() + 1) / 2;
        int[] order = new int[size];
        boolean[] equalsPrevious = new boolean[size];
        for (int position = 0; position < size; position++) {
            order[position] = text.charAt(2 * position) - 'A';
            equalsPrevious[position] = position > 0 && text.charAt(2 * position - 1) == '=';
        }
        int[] named = order.clone();
        Arrays.sort(named);
        for (int candidate = 0; candidate < size; candidate++) {
            if (named[candidate] != candidate) {
                throw new IllegalArgumentException(
                        "The ranking \"%s\" must name each of the %d candidates from A on once"
                                .formatted(ranking, size));
            }
        }
        if (score.length != size) {
            throw new IllegalArgumentException(
                    "The ranking \"%s\" needs %d scores, not %d".formatted(ranking, size, score.length));
        }
        for (double value : score) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "The scores of the ranking \"%s\" must be finite, not %s".formatted(ranking, value));
            }
        }
        boolean plainTie = size == 2 && equalsPrevious[1] && !PUBLISHED_TIES.contains(ranking);
        return new RankedGroup(order, equalsPrevious, score, plainTie);
    }

    /** The same group for files whose published reader knows a plain {@code A=B} as a tie. */
    public RankedGroup withPlainTieRead() {
        return new RankedGroup(order, equalsPrevious, score, false);
    }

    /** Number of candidates. */
    public int size() {
        return order.length;
    }

    boolean hasTie() {
        for (boolean equal : equalsPrevious) {
            if (equal) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a tie of two that the published reader does not know: it has neither Good nor Bad. */
    boolean isPlainTie() {
        return plainTie;
    }

    /** The same list = the same human ranking, in whatever order tied candidates were named. */
    List<Integer> ranking() {
        return Arrays.stream(rank).boxed().toList();
    }

    /** 1, -1 or 0 (tie): whether the annotator ranks the first candidate above the second. */
    public int human(int first, int second) {
        return Integer.signum(rank[second] - rank[first]);
    }

    /** As {@link #human}, but tied candidates count in the order of naming, as the published code reads 3 and 4-way ties. */
    int humanByNaming(int first, int second) {
        return positionOf(first) < positionOf(second) ? 1 : -1;
    }

    double margin(int first, int second) {
        return score[first] - score[second];
    }

    /** Every strict pair ordered right and every tie within the threshold. */
    boolean isRight(TieThreshold threshold) {
        for (int first = 0; first < size(); first++) {
            for (int second = first + 1; second < size(); second++) {
                if (!threshold.isRight(human(first, second), margin(first, second))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether sorting by falling score gives exactly the annotator's order; of equal scores the later candidate first. */
    boolean orderEqualsScores() {
        List<Integer> byScore = new ArrayList<>();
        for (int candidate = size() - 1; candidate >= 0; candidate--) {
            byScore.add(candidate);
        }
        byScore.sort((first, second) -> Double.compare(score[second], score[first]));
        for (int position = 0; position < size(); position++) {
            if (byScore.get(position) != order[position]) {
                return false;
            }
        }
        return true;
    }

    private int positionOf(int candidate) {
        for (int position = 0; position < order.length; position++) {
            if (order[position] == candidate) {
                return position;
            }
        }
        throw new IllegalArgumentException("No candidate " + candidate);
    }
}
