package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.PyTorch;

/**
 * Trains a reward model: judges the annotators, chooses prior strengths and the number of steps by grouped cross-validation, decides
 * where to start from, fits an ensemble to all labels, and calibrates it on the held-out predictions.
 *
 * <p>Deterministic under a seed on one machine. One run at a time per process, since the engine records gradients of one thread only; a
 * second caller waits.
 */
public final class RewardTrainer {

    /** Held by whoever records gradients: the engine does so in one thread at a time. */
    static final ReentrantLock ENGINE = PyTorch.TRAINING;

    private static final int LEAST_STRICT = 5;

    private final DeviceMemory.Boundary boundary;

    public RewardTrainer() {
        this(labels -> {});
    }

    RewardTrainer(DeviceMemory.Boundary boundary) {
        this.boundary = boundary;
    }

    /** Trains on a set from scratch, without checkpoints; errors as below. */
    public TrainedReward train(
            TrainingSet set, TrainingSettings settings, Provenance provenance, TrainingListener listener) {
        return train(set, settings, provenance, listener, new TrainingStart.Scratch(), Checkpoints.NONE);
    }

    /**
     * Trains on a set.
     *
     * @param start what the final fit may start from
     * @param checkpoints where the run's state is kept; a run that is given the same again goes on from there and makes the same model
     * @throws NotEnoughLabelsException if the set is too small or one-sided
     * @throws TrainingCancelledException if the listener cancelled
     * @throws NotFiniteException if features or the loss are not finite, with the candidate or the labels
     * @throws TrainingException if the device's memory does not hold the computation for one label
     */
    public TrainedReward train(
            TrainingSet set,
            TrainingSettings settings,
            Provenance provenance,
            TrainingListener listener,
            TrainingStart start,
            Checkpoints checkpoints) {
        requireEnough(set, settings);
        if (!provenance.encoderId().equals(set.encoderId())) {
            throw new TrainingException("the provenance names the encoder %s, the features come from %s"
                    .formatted(provenance.encoderId(), set.encoderId()));
        }
        var standardization = Standardization.of(set.features());
        var annotators = settings.annotatorWeights()
                ? AnnotatorEffects.of(set.examples())
                : AnnotatorEffects.alike(set.examples());
        var data =
                new FitData(set.withExamples(annotators.weigh(set.examples())), standardization, annotators, settings);
        ENGINE.lock();
        try (var manager = PyTorch.newManager(PyTorch.device())) {
            var run = new RunMemory(checkpoints, RunMemory.fingerprint(set, settings, provenance, start));
            return train(data, provenance, listener, start, run, manager);
        } finally {
            ENGINE.unlock();
        }
    }

    /** Phases of a run that draw random numbers; each has a generator of its own, so a run can go on at any of them. */
    private enum Draw {
        SEARCH,
        START,
        FIT,
        PROJECTION;

        Random of(Provenance provenance) {
            return new Random(provenance.seed() + 0x9E3779B97F4A7C15L * ordinal());
        }
    }

    private TrainedReward train(
            FitData data,
            Provenance provenance,
            TrainingListener listener,
            TrainingStart start,
            RunMemory run,
            NDManager manager) {
        var memory = new DeviceMemory(manager.getDevice(), boundary);
        var search = new PriorSearch(manager, data, listener, memory, Draw.SEARCH.of(provenance)).run(run);
        var choice = run.last()
                .map(TrainingState::start)
                .orElseGet(() -> choose(data, provenance, start, search, memory, manager));
        try (var fit = new EnsembleFit(manager, data, search, memory, Draw.FIT.of(provenance))) {
            int steps = fit.run(choice, start, listener, run);
            return finish(data, provenance, search, choice, fit, steps, manager);
        }
    }

    private static StartChoice choose(
            FitData data,
            Provenance provenance,
            TrainingStart start,
            PriorSearch.Result search,
            DeviceMemory memory,
            NDManager manager) {
        return switch (start) {
            case TrainingStart.Scratch ignored -> StartChoice.SCRATCH;
            case TrainingStart.Validated validated ->
                new StartValidation(manager, data, search.priors(), memory, Draw.START.of(provenance))
                        .choose(validated);
            case TrainingStart.AsChosen(RewardModel earlier, StartChoice choice) ->
                TrainingStart.fits(earlier, data.set()) ? choice : StartChoice.SCRATCH;
        };
    }

    private static TrainedReward finish(
            FitData data,
            Provenance provenance,
            PriorSearch.Result chosen,
            StartChoice choice,
            EnsembleFit fit,
            int steps,
            NDManager manager) {
        var set = data.set();
        int k = set.dimensions().size();
        int d = set.layout().dimension();
        float[] combined = new float[d];
        for (int i = 0; i < d; i++) {
            double square = 0;
            for (int dimension = 0; dimension < k; dimension++) {
                square += fit.scale(dimension)[i] * fit.scale(dimension)[i];
            }
            combined[i] = (float) Math.sqrt(square / k);
        }
        var extracted = fit.extract();
        var parameters = new ModelParameters(
                data.standardization(),
                extracted.mean(),
                extracted.spread(),
                extracted.spreadBias(),
                extracted.cutpoints(),
                LastLayer.projection(set.features(), data.standardization(), combined, Draw.PROJECTION.of(provenance)));
        var heads = new ArrayList<ModelCard.Head>();
        for (int dimension = 0; dimension < k; dimension++) {
            var calibration = Calibration.fit(chosen.pairs().get(dimension));
            heads.add(new ModelCard.Head(
                    set.dimensions().get(dimension),
                    Answers.rated(set.examples(), dimension),
                    chosen.priors().get(dimension),
                    chosen.heldOutLoss().get(dimension),
                    extracted.position()[dimension] + data.annotators().meanLeft(),
                    calibration));
        }
        var overall = Calibration.fit(OverallPairs.of(chosen.pairs(), heads));
        var card = new ModelCard(
                ModelCard.FORMAT,
                "",
                provenance,
                data.settings(),
                set.dimensions(),
                set.levels(),
                d,
                data.settings().members(),
                set.examples().size(),
                (int) set.examples().stream()
                        .map(TrainingExample::group)
                        .distinct()
                        .count(),
                heads,
                overall,
                steps,
                choice,
                data.annotators().annotators(),
                Precision.of(manager.getDevice()).description());
        byte[] bytes = ModelFolder.encode(parameters, card);
        var signed = card.withDigest(ModelFolder.digest(bytes));
        return new TrainedReward(new RewardModel(signed, parameters), bytes);
    }

    private static void requireEnough(TrainingSet set, TrainingSettings settings) {
        int labels = set.examples().size();
        if (labels < settings.minimumLabels()) {
            int missing = settings.minimumLabels() - labels;
            throw new NotEnoughLabelsException(
                    "%d labels are not enough to train: %d more are needed".formatted(labels, missing), missing);
        }
        long groups =
                set.examples().stream().map(TrainingExample::group).distinct().count();
        if (groups < 2) {
            throw new NotEnoughLabelsException(
                    "all labels are about one source image; label pairs of at least one more to train", 1);
        }
        for (int dimension = 0; dimension < set.dimensions().size(); dimension++) {
            int strict = 0;
            for (var example : set.examples()) {
                var verdict = Answers.verdict(example.answers().get(dimension));
                if (verdict.isPresent() && (verdict.get() == Verdict.FIRST || verdict.get() == Verdict.SECOND)) {
                    strict++;
                }
            }
            if (strict < LEAST_STRICT) {
                throw new NotEnoughLabelsException(
                        "only %d labels prefer one candidate on %s: %d more such labels are needed"
                                .formatted(strict, set.dimensions().get(dimension), LEAST_STRICT - strict),
                        LEAST_STRICT - strict);
            }
        }
    }
}
