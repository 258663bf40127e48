package org.diptych.reward.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.BackboneInputs;
import org.diptych.reward.encoder.ExportedNetwork.Input;
import org.diptych.reward.encoder.NativeResources;
import org.diptych.reward.encoder.PyTorch;

/**
 * The steps of a tuning. Labels go through the network one by one, since an exported network may insist on a batch of one;
 * their gradients add up to those of the whole batch.
 */
final class FineTuner implements AutoCloseable {

    /** The head starts from nothing and may move faster than what it teaches. */
    private static final double HEAD_RATE = 3e-3;

    private final TuningTask task;
    private final NativeResources opened = new NativeResources();
    private final NDManager manager;
    private final BackboneInputs inputs;
    private final Backbone backbone;
    private final TuningOptimizer optimizer;
    private final PairHead head;

    /** Loads the network, or what a checkpoint kept of it. */
    FineTuner(TuningTask task, NDManager parent) throws IOException {
        this.task = task;
        try {
            manager = opened.add(parent.newSubManager());
            inputs = opened.add(new BackboneInputs(task.configuration(), task.folder()));
            var checkpoint = TuningCheckpoint.newest(task.work());
            backbone = opened.add(
                    Backbone.load(checkpoint.map(TuningCheckpoint::module).orElse(task.network()), manager));
            head = new PairHead(manager, features(), task.dimensions(), task.seed());
            optimizer = new TuningOptimizer(
                    manager, backbone.parameters(), task.settings().learningRate(), head.parameters(), HEAD_RATE);
            if (checkpoint.isPresent()) {
                checkpoint.get().restore(manager, optimizer);
            }
        } catch (IOException | RuntimeException | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    Backbone backbone() {
        return backbone;
    }

    /**
     * Makes all steps that are not made yet, with a checkpoint after every epoch.
     *
     * @throws TrainingException if a loss or gradient is not finite, with the labels of the step
     */
    void run(TuningListener listener) throws IOException {
        int perEpoch = Math.ceilDiv(task.pairs().size(), task.settings().accumulate());
        int steps = perEpoch * task.settings().epochs();
        var order = new ArrayList<TuningPair>();
        for (int step = optimizer.steps(); step < steps; step++) {
            if (step % perEpoch == 0) {
                // all that is random in an epoch follows from its number: a resumed one is the same
                long seed = task.seed() + step;
                PyTorch.engine().setRandomSeed((int) seed);
                order.clear();
                order.addAll(task.pairs());
                Collections.shuffle(order, new Random(seed));
            }
            int from = step % perEpoch * task.settings().accumulate();
            var batch = order.subList(
                    from, Math.min(order.size(), from + task.settings().accumulate()));
            double loss = step(batch.stream().map(List::of).toList());
            listener.progressed(step + 1, steps, loss);
            if ((step + 1) % perEpoch == 0) {
                TuningCheckpoint.write(task.work(), backbone, optimizer);
            }
        }
    }

    /**
     * One step.
     *
     * @param parts the step's labels; each part goes through the network at once, and the gradients of all add up
     * @return mean loss of the labels
     */
    double step(List<List<TuningPair>> parts) throws IOException {
        int labels = parts.stream().mapToInt(List::size).sum();
        double loss = 0;
        for (var part : parts) {
            loss += backward(part, labels);
        }
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            if (!Double.isFinite(loss) || !optimizer.step()) {
                throw new TrainingException(
                        "the tuning of the backbone met a loss or gradient that is not finite, with "
                                + parts.stream()
                                        .flatMap(List::stream)
                                        .map(pair -> pair.first() + " against " + pair.second())
                                        .collect(Collectors.joining(", "))
                                + ": lower \"learning_rate\" in \"fine_tune\", or look at these pictures");
            }
        }
        return loss;
    }

    private double backward(List<TuningPair> part, int labels) throws IOException {
        try (var scope = new NDScope();
                var local = manager.newSubManager();
                var collector = PyTorch.engine().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            var total = loss(local, part.getFirst());
            for (var pair : part.subList(1, part.size())) {
                total = total.add(loss(local, pair));
            }
            total = total.div(labels);
            collector.backward(total);
            return total.getFloat();
        }
    }

    private NDArray loss(NDManager local, TuningPair pair) throws IOException {
        var source = pixels(pair.source());
        var first = pixels(pair.first());
        var second = pixels(pair.second());
        if (task.configuration().joint() != null) {
            return head.loss(
                    backbone.forward(local, inputs.joint(source, first, pair.instruction())),
                    backbone.forward(local, inputs.joint(source, second, pair.instruction())),
                    pair.verdicts());
        }
        var before = backbone.forward(local, List.of(source));
        return head.loss(
                change(before, backbone.forward(local, List.of(first))),
                change(before, backbone.forward(local, List.of(second))),
                pair.verdicts());
    }

    /** What the encoder makes of an image network: the edit's vector, and how it differs from the source's. */
    private static NDArray change(NDArray before, NDArray after) {
        return NDArrays.concat(new NDList(after, after.sub(before)), 1);
    }

    private Input pixels(String picture) throws IOException {
        return inputs.pixels(task.pictures().read(picture));
    }

    private int features() {
        int size = task.configuration().size();
        var probe = inputs.pixels(new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB));
        try (var scope = new NDScope();
                var local = manager.newSubManager()) {
            scope.suppressNotUsedWarning();
            boolean joint = task.configuration().joint() != null;
            var output =
                    backbone.forward(local, joint ? inputs.joint(probe, probe, "Change nothing.") : List.of(probe));
            return (int) output.getShape().get(1) * (joint ? 1 : 2);
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
