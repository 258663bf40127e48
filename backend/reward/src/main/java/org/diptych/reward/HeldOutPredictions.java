package org.diptych.reward;

import java.util.ArrayList;
import java.util.List;
import org.diptych.protocol.Verdict;

/** Reads a cross-validation's predictions for labels that the predicting members had not seen. */
final class HeldOutPredictions {

    private final LabelBatch batch;
    private final TrainingSet set;
    private final List<TrainingExample> examples;
    private final float[] mu;
    private final float[] variance;
    private final float[] cutpoints;
    private final int members;
    private final int candidates;
    private final int[] first;
    private final int[] second;

    /** Which members had not seen a label, for a dimension. */
    @FunctionalInterface
    interface Choice {
        int[] members(int dimension, int label);
    }

    HeldOutPredictions(HeadFit fit, LabelBatch batch, TrainingSet set, List<TrainingExample> examples) {
        this.batch = batch;
        this.set = set;
        this.examples = examples;
        float[][] predicted = fit.predict(batch);
        mu = predicted[0];
        variance = predicted[1];
        cutpoints = fit.cutpoints();
        candidates = (int) batch.x().getShape().get(0);
        members = mu.length / candidates / set.dimensions().size();
        first = positions(batch.first().toFloatArray());
        second = positions(batch.second().toFloatArray());
    }

    /** One held-out pair per dimension and label that was answered, and per choice of members. */
    List<List<HeldOutPair>> pairs(Choice choice) {
        var all = new ArrayList<List<HeldOutPair>>();
        for (int dimension = 0; dimension < set.dimensions().size(); dimension++) {
            var pairs = new ArrayList<HeldOutPair>();
            boolean rated = Answers.rated(set.examples(), dimension);
            for (int label = 0; label < examples.size(); label++) {
                for (int member : choice.members(dimension, label)) {
                    pairs.add(pair(dimension, label, member, rated));
                }
            }
            all.add(pairs);
        }
        return all;
    }

    private HeldOutPair pair(int dimension, int label, int member, boolean rated) {
        var answer = examples.get(label).answers().get(dimension);
        var verdict = Answers.verdict(answer);
        int a = (dimension * candidates + first[label]) * members + member;
        int b = (dimension * candidates + second[label]) * members + member;
        double shrink = Math.sqrt(1 + Math.PI / 8 * (variance[a] + variance[b]));
        return new HeldOutPair(
                (mu[a] - mu[b]) / shrink,
                rated ? level(dimension, member, mu[a], variance[a]) : mu[a],
                rated ? level(dimension, member, mu[b], variance[b]) : mu[b],
                // no answer has no weight, whatever stands here
                verdict.orElse(Verdict.TIE),
                Answers.difference(answer).orElse(0),
                verdict.isPresent() ? examples.get(label).weight() : 0);
    }

    private double level(int dimension, int member, double value, double variance) {
        double[] own = new double[set.levels() - 1];
        for (int c = 0; c < own.length; c++) {
            own[c] = cutpoints[(dimension * own.length + c) * members + member];
        }
        return Answers.expectedLevel(value, variance, own);
    }

    private int[] positions(float[] choice) {
        int labels = (int) batch.first().getShape().get(0);
        int[] result = new int[labels];
        for (int label = 0; label < labels; label++) {
            for (int c = 0; c < candidates; c++) {
                if (choice[label * candidates + c] == 1) {
                    result[label] = c;
                }
            }
        }
        return result;
    }
}
