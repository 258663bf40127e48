package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.diptych.protocol.Verdict;

/**
 * Labels as arrays. K dimensions, B labels, C different candidates, D features, A annotators, L levels.
 *
 * @param x standardized features, [C, D]
 * @param first, second one-hot choice of the candidates, [B, C]
 * @param annotators one-hot, [B, A]
 * @param position 1 if the first was displayed on the left, else -1, [B, 1]
 * @param tilt what the sides were worth to the first for this annotator, in logits, [B, 1]
 * @param firstRating, secondRating ratings, masked where there are none
 * @param wins, losses, ties, bothBad weights of the verdicts, [K, B, 1], 0 where there is none
 * @param judged 1 where there is a verdict that was really given, [K, B, 1]
 * @param overallWins, overallLosses, overallTies what the sums of the ratings imply, [B, 1]; 0 unless every dimension is rated
 * @param hasOverall whether any label implies an overall comparison
 * @param hasBothBad whether any label says both bad
 */
record LabelBatch(
        NDArray x,
        NDArray first,
        NDArray second,
        NDArray annotators,
        NDArray position,
        NDArray tilt,
        Ratings firstRating,
        Ratings secondRating,
        NDArray wins,
        NDArray losses,
        NDArray ties,
        NDArray bothBad,
        NDArray judged,
        NDArray overallWins,
        NDArray overallLosses,
        NDArray overallTies,
        boolean hasOverall,
        boolean hasBothBad) {

    private static final float FAR = 30;

    /**
     * Ratings of one side, as choices of the cutpoints above and below.
     *
     * @param upper, lower one-hot choice of a cutpoint, [K, B, L - 1]
     * @param upperEnd, lowerEnd far away where there is no cutpoint, else 0, [K, B, 1]
     * @param present 1 where there is a rating, [K, B, 1]
     */
    record Ratings(NDArray upper, NDArray lower, NDArray upperEnd, NDArray lowerEnd, NDArray present) {}

    static LabelBatch of(NDManager manager, FitData data, List<TrainingExample> examples) {
        var set = data.set();
        int b = examples.size();
        int k = set.dimensions().size();
        var rows = new LinkedHashMap<Integer, Integer>();
        for (var example : examples) {
            rows.putIfAbsent(example.first(), rows.size());
            rows.putIfAbsent(example.second(), rows.size());
        }
        int c = rows.size();
        int d = set.layout().dimension();
        float[] x = new float[c * d];
        rows.forEach((row, place) -> data.standardization().apply(set.features().row(row), x, place * d));
        int a = Math.max(1, data.annotators().size());
        float[] first = new float[b * c];
        float[] second = new float[b * c];
        float[] annotators = new float[b * a];
        float[] position = new float[b];
        float[] tilt = new float[b];
        var firstRating = new RatingArrays(k, b, set.levels());
        var secondRating = new RatingArrays(k, b, set.levels());
        float[][] verdicts = new float[Verdict.values().length][k * b];
        float[] judged = new float[k * b];
        float[][] overall = new float[Verdict.values().length][b];
        boolean anyOverall = false;
        for (int i = 0; i < b; i++) {
            var example = examples.get(i);
            first[i * c + Lookup.of(rows, example.first(), "The place of row")] = 1;
            second[i * c + Lookup.of(rows, example.second(), "The place of row")] = 1;
            annotators[i * a + data.annotators().index(example.annotator())] = 1;
            position[i] = example.firstOnLeft() ? 1 : -1;
            tilt[i] = position[i] * (float) data.annotators().left(example.annotator());
            var total = Answers.overall(example.answers());
            if (total.isPresent()) {
                anyOverall = true;
                overall[total.get().ordinal()][i] = 1;
            }
            for (int dimension = 0; dimension < k; dimension++) {
                int at = dimension * b + i;
                switch (example.answers().get(dimension)) {
                    case Answer.Unanswered ignored -> {}
                    case Answer.Judged(Verdict verdict) -> {
                        verdicts[verdict.ordinal()][at] = 1;
                        judged[at] = 1;
                    }
                    case Answer.Rated(int one, int two) -> {
                        firstRating.rate(at, one);
                        secondRating.rate(at, two);
                        verdicts[Answers.compare(one - two).ordinal()][at] = 1;
                    }
                }
            }
        }
        var side = new Shape(k, b, 1);
        boolean anyBothBad = false;
        for (float value : verdicts[Verdict.BOTH_BAD.ordinal()]) {
            anyBothBad |= value > 0;
        }
        return new LabelBatch(
                manager.create(x, new Shape(c, d)),
                manager.create(first, new Shape(b, c)),
                manager.create(second, new Shape(b, c)),
                manager.create(annotators, new Shape(b, a)),
                manager.create(position, new Shape(b, 1)),
                manager.create(tilt, new Shape(b, 1)),
                firstRating.arrays(manager),
                secondRating.arrays(manager),
                manager.create(verdicts[Verdict.FIRST.ordinal()], side),
                manager.create(verdicts[Verdict.SECOND.ordinal()], side),
                manager.create(verdicts[Verdict.TIE.ordinal()], side),
                manager.create(verdicts[Verdict.BOTH_BAD.ordinal()], side),
                manager.create(judged, side),
                manager.create(overall[Verdict.FIRST.ordinal()], new Shape(b, 1)),
                manager.create(overall[Verdict.SECOND.ordinal()], new Shape(b, 1)),
                manager.create(overall[Verdict.TIE.ordinal()], new Shape(b, 1)),
                anyOverall,
                anyBothBad);
    }

    /** Fills the arrays of {@link Ratings}. */
    private static final class RatingArrays {

        private final int k;
        private final int b;
        private final int cutpoints;
        private final float[] upper;
        private final float[] lower;
        private final float[] upperEnd;
        private final float[] lowerEnd;
        private final float[] present;

        RatingArrays(int k, int b, int levels) {
            this.k = k;
            this.b = b;
            cutpoints = levels - 1;
            upper = new float[k * b * cutpoints];
            lower = new float[k * b * cutpoints];
            upperEnd = new float[k * b];
            lowerEnd = new float[k * b];
            present = new float[k * b];
            // a missing rating lies between minus and plus infinity: it is certain and teaches nothing
            Arrays.fill(upperEnd, FAR);
            Arrays.fill(lowerEnd, -FAR);
        }

        void rate(int at, int level) {
            present[at] = 1;
            if (level <= cutpoints) {
                upper[at * cutpoints + level - 1] = 1;
                upperEnd[at] = 0;
            }
            if (level >= 2) {
                lower[at * cutpoints + level - 2] = 1;
                lowerEnd[at] = 0;
            }
        }

        Ratings arrays(NDManager manager) {
            var choice = new Shape(k, b, cutpoints);
            var side = new Shape(k, b, 1);
            return new Ratings(
                    manager.create(upper, choice),
                    manager.create(lower, choice),
                    manager.create(upperEnd, side),
                    manager.create(lowerEnd, side),
                    manager.create(present, side));
        }
    }
}
