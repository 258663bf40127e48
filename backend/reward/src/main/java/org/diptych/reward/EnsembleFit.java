package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Fits the ensemble to all labels, in batches of shuffled labels. */
final class EnsembleFit implements AutoCloseable {

    private static final int PROGRESS_EVERY = 20;

    private final FitData data;
    private final PriorSearch.Result search;
    private final BatchedFit.Plan plan;
    private final BatchedFit fit;
    private final LabelPieces labels;
    private final int schedule;

    EnsembleFit(NDManager manager, FitData data, PriorSearch.Result search, DeviceMemory memory, Random random) {
        this.data = data;
        this.search = search;
        var settings = data.settings();
        var examples = data.set().examples();
        int batches = Math.ceilDiv(examples.size(), settings.batchSize());
        schedule = batches == 1 ? settings.steps() : Math.max(settings.steps(), settings.epochs() * batches);
        // drawn first: the same seed gives the same anchors whatever the labels, so members of two versions are
        // comparable
        var anchors = anchors(random);
        plan = Priors.plan(data, search.priors(), settings.members(), anchors, examples.size(), schedule);
        var order = new ArrayList<Integer>();
        for (int i = 0; i < examples.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        var parts = new ArrayList<List<Integer>>();
        for (int start = 0; start < order.size(); start += settings.batchSize()) {
            parts.add(List.copyOf(order.subList(start, Math.min(order.size(), start + settings.batchSize()))));
        }
        labels = new LabelPieces(manager, data, examples, bootstrap(random), parts, memory);
        fit = new BatchedFit(manager, data, plan, Precision.of(manager.getDevice()));
    }

    /** Makes all steps, or those that are left. */
    int run(StartChoice choice, TrainingStart start, TrainingListener listener, RunMemory memory) {
        var last = memory.last().filter(TrainingState::fitting);
        if (last.isPresent()) {
            fit.restore(last.get().fit());
        } else {
            start(choice, start);
            memory.save(search, choice, fit.state());
        }
        double share = choice.stop() == null ? search.stop() : choice.stop();
        int steps = Math.max(1, (int) Math.round(share * schedule));
        for (int step = fit.steps() + 1; step <= steps; step++) {
            double loss = fit.step(labels, (step - 1) % labels.size());
            if (step % PROGRESS_EVERY == 0 || step == steps) {
                memory.offer(search, choice, fit::state);
                if (!listener.progressed(
                        new TrainingProgress(TrainingProgress.Phase.FITTING, step, steps, loss, Double.NaN))) {
                    throw new TrainingCancelledException("cancelled while fitting, at step " + step);
                }
            }
        }
        return steps;
    }

    private void start(StartChoice choice, TrainingStart start) {
        if (choice.kind() == StartChoice.Kind.SCRATCH) {
            return;
        }
        var earlier = switch (start) {
            case TrainingStart.Scratch ignored ->
                throw new IllegalStateException("there is nothing to start from but scratch");
            case TrainingStart.Validated validated -> validated.earlier();
            case TrainingStart.AsChosen chosen -> chosen.earlier();
        };
        int members = earlier.card().members();
        fit.start(new WarmHead(earlier, data.standardization(), plan, member -> member < members ? member : -1));
    }

    BatchedFit.Extracted extract() {
        return fit.extract();
    }

    /** Prior deviations of the weights, by dimension. */
    float[] scale(int dimension) {
        return plan.priorScale()[dimension][0];
    }

    /** Member 0 is held by the priors' centre, each other by a random draw from the prior (Osband et al., arXiv 1806.03335). */
    private float[][][] anchors(Random random) {
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

    /** The Bayesian bootstrap (Rubin, Annals of Statistics 9(1), 1981): exponential weights; member 0 keeps every label as it is. */
    private float[][] bootstrap(Random random) {
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

    @Override
    public void close() {
        fit.close();
        labels.close();
    }
}
