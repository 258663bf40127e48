package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.PyTorch;

/**
 * Trains a reward model: judges the annotators, chooses prior strengths and the number of steps by grouped cross-validation, fits an
 * ensemble to all labels, and calibrates it on the held-out predictions.
 *
 * <p>Deterministic under a seed on one machine. One run at a time per process, since the engine records gradients of one thread only; a
 * second caller waits.
 */
public final class RewardTrainer {

    private static final int LEAST_LABELS = 20;
    private static final int LEAST_STRICT = 5;
    /** Passes over sets larger than one batch, where that makes more steps. */
    private static final int EPOCHS = 30;

    private static final int PROGRESS_EVERY = 20;

    /**
     * Trains into a folder, which is made if need be. A model that the same labels were trained to before is kept: a run that is taken up
     * again goes on behind it. Errors as below.
     *
     * @return the card of the model in the folder
     */
    public ModelCard trainInto(
            Path folder, TrainingSet set, TrainingSettings settings, Provenance provenance, TrainingListener listener)
            throws IOException {
        var finished = finished(folder, set, settings, provenance);
        if (finished.isPresent()) {
            return finished.get();
        }
        try (var trained = train(set, settings, provenance, listener)) {
            trained.save(folder);
            return trained.card();
        }
    }

    private static Optional<ModelCard> finished(
            Path folder, TrainingSet set, TrainingSettings settings, Provenance provenance) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var model = RewardModel.load(folder, provenance.encoderId())) {
            var card = model.card();
            boolean same = card.provenance().equals(provenance)
                    && card.settings().equals(settings)
                    && card.labels() == set.examples().size();
            return same ? Optional.of(card) : Optional.empty();
        } catch (ModelFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Trains on a set.
     *
     * @throws NotEnoughLabelsException if the set is too small or one-sided
     * @throws TrainingCancelledException if the listener cancelled
     * @throws NotFiniteException if features or the loss are not finite, with the candidate or the labels
     */
    public TrainedReward train(
            TrainingSet set, TrainingSettings settings, Provenance provenance, TrainingListener listener) {
        requireEnough(set);
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
        PyTorch.TRAINING.lock();
        try (var manager = PyTorch.newManager(PyTorch.device())) {
            var search = new PriorSearch(manager, data, listener, Draw.SEARCH.of(provenance)).run();
            return fit(manager, data, search, provenance, listener);
        } finally {
            PyTorch.TRAINING.unlock();
        }
    }

    /** What draws random numbers; each has a generator of its own, whose place is never given to another. */
    private enum Draw {
        SEARCH(0),
        FIT(2),
        PROJECTION(3);

        private final int place;

        Draw(int place) {
            this.place = place;
        }

        Random of(Provenance provenance) {
            return new Random(provenance.seed() + 0x9E3779B97F4A7C15L * place);
        }
    }

    private static TrainedReward fit(
            NDManager manager,
            FitData data,
            PriorSearch.Result search,
            Provenance provenance,
            TrainingListener listener) {
        var settings = data.settings();
        var examples = data.set().examples();
        var ensemble = Ensemble.draw(data, Draw.FIT.of(provenance));
        int batches = ensemble.batches().size();
        int schedule = batches == 1 ? settings.steps() : Math.max(settings.steps(), EPOCHS * batches);
        int steps = Math.max(1, (int) Math.round(search.stop() * schedule));
        var plan =
                Priors.plan(data, search.priors(), settings.members(), ensemble.anchors(), examples.size(), schedule);
        try (var labels = new LabelBatches(manager, data, examples, ensemble.weights(), ensemble.batches());
                var fit = new HeadFit(manager, data, plan)) {
            for (int step = 1; step <= steps; step++) {
                double loss = fit.step(labels, (step - 1) % batches);
                if (step % PROGRESS_EVERY == 0 || step == steps) {
                    listener.progressed(
                            new TrainingProgress(TrainingProgress.Phase.FITTING, step, steps, loss, Double.NaN));
                }
            }
            return calibrate(data, search, plan, fit.extract(), steps, provenance);
        }
    }

    private static TrainedReward calibrate(
            FitData data,
            PriorSearch.Result search,
            HeadFit.Plan plan,
            HeadFit.Extracted heads,
            int steps,
            Provenance provenance) {
        var set = data.set();
        var parameters = new ModelParameters(
                data.standardization(),
                heads.mean(),
                heads.spread(),
                heads.spreadBias(),
                heads.cutpoints(),
                LastLayer.projection(
                        set.features(), data.standardization(), combined(plan), Draw.PROJECTION.of(provenance)));
        var calibrated = new ArrayList<ModelCard.Head>();
        for (int dimension = 0; dimension < set.dimensions().size(); dimension++) {
            calibrated.add(new ModelCard.Head(
                    set.dimensions().get(dimension),
                    Answers.rated(set.examples(), dimension),
                    search.priors().get(dimension),
                    search.heldOutLoss().get(dimension),
                    heads.position()[dimension] + data.annotators().meanLeft(),
                    Calibration.fit(search.pairs().get(dimension))));
        }
        byte[] bytes = ModelFolder.encode(parameters);
        var card = new ModelCard(
                ModelCard.FORMAT,
                ModelFolder.digest(bytes),
                provenance,
                data.settings(),
                set.dimensions(),
                set.levels(),
                set.layout().dimension(),
                data.settings().members(),
                set.examples().size(),
                (int) set.examples().stream()
                        .map(TrainingExample::group)
                        .distinct()
                        .count(),
                calibrated,
                Calibration.fit(OverallPairs.of(search.pairs(), calibrated)),
                steps,
                data.annotators().annotators());
        return new TrainedReward(new RewardModel(card, parameters), bytes);
    }

    /** The root mean square of the dimensions' prior deviations, by feature. */
    private static float[] combined(HeadFit.Plan plan) {
        int k = plan.priorScale().length;
        float[] combined = new float[plan.spreadScale().length];
        for (int i = 0; i < combined.length; i++) {
            double square = 0;
            for (float[][] dimension : plan.priorScale()) {
                square += dimension[0][i] * dimension[0][i];
            }
            combined[i] = (float) Math.sqrt(square / k);
        }
        return combined;
    }

    private static void requireEnough(TrainingSet set) {
        int labels = set.examples().size();
        if (labels < LEAST_LABELS) {
            int missing = LEAST_LABELS - labels;
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
