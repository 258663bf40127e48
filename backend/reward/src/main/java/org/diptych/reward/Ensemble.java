package org.diptych.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is drawn for an ensemble before it is fitted. Member 0 is the model without noise, which gives the means; what the others say
 * differently is the epistemic spread.
 *
 * @param anchors where the members' priors are centred, in units of their deviation, [k][m][d]
 * @param batches the labels in shuffled batches, which the members share
 * @param weights weight of every label for every member, [B][M]
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Ensemble(float[][][] anchors, List<List<Integer>> batches, float[][] weights) {

    static Ensemble draw(FitData data, Random random) {
        // anchors first: the same seed gives the same ones whatever the labels, so members of two versions are
        // comparable
        var anchors = anchors(data, random);
        var batches = batches(data, random);
        return new Ensemble(anchors, batches, bootstrap(data, random));
    }

    /** Member 0 is held by the priors' centre, each other by a random draw from the prior (Osband et al., arXiv 1806.03335). */
    private static float[][][] anchors(FitData data, Random random) {
        int k = data.set().dimensions().size();
        int d = data.set().layout().dimension();
        float[][][] anchors = new float[k][data.settings().members()][d];
        for (float[][] dimension : anchors) {
            for (int member = 1; member < dimension.length; member++) {
                for (int i = 0; i < d; i++) {
                    dimension[member][i] = (float) random.nextGaussian();
                }
            }
        }
        return anchors;
    }

    private static List<List<Integer>> batches(FitData data, Random random) {
        int size = data.settings().batchSize();
        var order = IntStream.range(0, data.set().examples().size())
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, random);
        var batches = new ArrayList<List<Integer>>();
        for (int start = 0; start < order.size(); start += size) {
            batches.add(List.copyOf(order.subList(start, Math.min(order.size(), start + size))));
        }
        return batches;
    }

    /** The Bayesian bootstrap (Rubin, Annals of Statistics 9(1), 1981): exponential weights; member 0 keeps every label as it is. */
    private static float[][] bootstrap(FitData data, Random random) {
        var examples = data.set().examples();
        float[][] weights = new float[examples.size()][data.settings().members()];
        for (int label = 0; label < weights.length; label++) {
            double reliability = examples.get(label).weight();
            weights[label][0] = (float) reliability;
            for (int member = 1; member < weights[label].length; member++) {
                weights[label][member] = (float) (reliability * -Math.log(1 - random.nextDouble()));
            }
        }
        return weights;
    }
}
