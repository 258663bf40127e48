package org.diptych.reward.worker;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingProgress;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.RunLostException;
import org.diptych.service.reward.SetAsideCandidates;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One training run from its frozen labels to the queue: read, encode, train, judge, promote, score, choose. Each phase is
 * safe to do again, and what was finished is kept: a run whose worker died goes on behind it.
 */
@Component
class TrainingJob {
    private static final Logger log = LoggerFactory.getLogger(TrainingJob.class);
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults();
    /** After a failure that not even the run could be told of, such as a database that is away. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final RunReader reader;
    private final BackboneTuning tuning;
    private final FeatureStore features;
    private final SetAsideCandidates setAside;
    private final RewardTrainer trainer = new RewardTrainer();
    private final VersionJudge judge;
    private final ModelArchive archive;
    private final ModelVersionService models;
    private final Encoding encoding;
    private final PairAcquisition acquisition;
    private final ChanceOrder chance;
    private final TrainingRunService runs;
    private final HeldRuns holds;
    private final RunHolder holder;

    TrainingJob(
            RunReader reader,
            BackboneTuning tuning,
            FeatureStore features,
            SetAsideCandidates setAside,
            VersionJudge judge,
            ModelArchive archive,
            ModelVersionService models,
            Encoding encoding,
            PairAcquisition acquisition,
            ChanceOrder chance,
            TrainingRunService runs,
            HeldRuns holds) {
        this.reader = reader;
        this.tuning = tuning;
        this.features = features;
        this.setAside = setAside;
        this.judge = judge;
        this.archive = archive;
        this.models = models;
        this.encoding = encoding;
        this.acquisition = acquisition;
        this.chance = chance;
        this.runs = runs;
        this.holds = holds;
        holder = new RunHolder(holds);
    }

    /**
     * The job as the scheduler runs it. A worker that died with a run leaves it to the next one, and the run counts the deaths.
     *
     * @param silent how long a worker must have been silent to be taken for dead
     */
    CustomTask<Void> task(Duration silent) {
        return Tasks.custom(TrainingRunService.TRAIN)
                .onDeadExecution((complete, job) -> {
                    holds.presumeDead(UUID.fromString(complete.getExecution().getId()), silent);
                    job.reschedule(complete, complete.getTimeDone());
                })
                .onFailure((complete, job) ->
                        job.reschedule(complete, complete.getTimeDone().plus(AFTER_FAILURE)))
                .execute((instance, _) -> completion(run(UUID.fromString(instance.getId()))));
    }

    private static CompletionHandler<Void> completion(RunHolder.Outcome outcome) {
        return switch (outcome) {
            case ENDED -> (_, job) -> job.remove();
            case NOT_BEGUN -> (complete, job) -> job.reschedule(complete, complete.getTimeDone());
            // its row in the table of jobs is free already, or another worker's
            case LET_GO -> (_, _) -> {};
        };
    }

    /** The process goes down: see {@link RunHolder#stopSoon}. */
    void stopSoon() {
        holder.stopSoon();
    }

    /** Runs a run to its end, whatever that is, or until the process goes down. */
    RunHolder.Outcome run(UUID id) {
        var outcome = holder.run(id, this::work);
        if (outcome == RunHolder.Outcome.ENDED) {
            forget(id);
        }
        return outcome;
    }

    /** Deletes what the run has kept to go on from; a later run deletes what cannot be deleted now. */
    private void forget(UUID run) {
        try {
            archive.discard(archive.runFolder(run));
        } catch (IOException e) {
            log.warn("the folder of training run {} stays for now", run, e);
        }
    }

    private void work(TrainingRun run) throws IOException {
        var inputs = reader.read(run);
        int version = version(inputs);
        var active = models.active(run.campaign()).orElse(null);

        holds.enter(run, TrainingRun.State.SCORING, "Scoring candidates and choosing the next pairs.");
        var chosen = active == null ? "no pairs were put in front" : choose(inputs, active);
        boolean promoted = active != null && active.number() == version;
        holds.enter(
                run,
                TrainingRun.State.FINISHED,
                "Model version " + version + (promoted ? " is active" : " was not promoted") + "; " + chosen + ".");
    }

    /** Trains a version, unless the run made one before its worker died; its number. */
    private int version(RunInputs inputs) throws IOException {
        var run = inputs.run();
        var made = run.model();
        if (made != null) {
            return made;
        }
        holds.enter(run, TrainingRun.State.ENCODING, tuning.phase());
        try (var use = tuning.prepare(inputs, (step, steps, _) -> holder.progress(run, step, steps, null, null))) {
            var encoder = use.encoder();
            holds.enter(run, TrainingRun.State.ENCODING, "Computing features of new candidates.");
            encodeMissing(run, encoder);

            holds.enter(
                    run,
                    TrainingRun.State.TRAINING,
                    "Training on " + inputs.snapshot().labels() + " labels.");
            return train(inputs, encoder);
        }
    }

    private void encodeMissing(TrainingRun run, EditEncoder encoder) {
        features.encodeMissing(run.campaign(), encoder, (done, all) -> holder.progress(run, done, all, null, null));
    }

    private int train(RunInputs inputs, EditEncoder encoder) throws IOException {
        var run = inputs.run();
        archive.discardRuns(
                id -> runs.find(id).map(other -> other.state().ended()).orElse(true));
        var data = TrainingData.of(
                inputs, encoder, features.load(RunInputs.candidates(inputs.labels()), encoder.encoderId()));
        holds.leaveOut(run, setAside.count(run.campaign(), encoder.encoderId()), data.leftOut());
        try {
            return trainAndJudge(inputs, data, archive.runFolder(run.id()));
        } catch (NotFiniteException e) {
            features.forget(data.broken(e), encoder.encoderId());
            throw data.named(e);
        } catch (NotEnoughLabelsException e) {
            throw data.named(e);
        }
    }

    private int trainAndJudge(RunInputs inputs, TrainingData data, Path folder) throws IOException {
        var run = inputs.run();
        var card = trainer.trainInto(
                folder.resolve(ModelArchive.MODEL),
                data.set(),
                SETTINGS,
                data.provenance(),
                progress -> holder.progress(
                        run, progress.step(), progress.steps(), fitting(progress), finite(progress.validationLoss())));
        // without a curve: they are trained like the model above, and their losses say nothing more
        FoldModels.train(
                trainer,
                folder,
                data.set(),
                SETTINGS,
                data.provenance(),
                progress -> holder.progress(run, progress.step(), progress.steps(), null, null));
        archive.store(card.parametersDigest(), folder);
        return judge.judge(inputs, data, card, folder);
    }

    /** Only the final fit makes a curve; the search for priors before it has losses on another scale. */
    private static @Nullable Double fitting(TrainingProgress progress) {
        return progress.phase() == TrainingProgress.Phase.FITTING ? finite(progress.loss()) : null;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /**
     * The active version chooses, which need not be the new one, with its own encoder. A choice that fails undoes nothing:
     * the version stays as it is, and chance orders the queue.
     */
    private String choose(RunInputs inputs, ModelVersion active) throws IOException {
        var run = inputs.run();
        try (var use = encoding.of(active)) {
            encodeMissing(run, use.encoder());
            int chosen = acquisition.choose(run, inputs.labels(), active);
            return chosen == 0 ? "no pair is left to put in front" : chosen + " pairs were put in front";
        } catch (TrainingCancelledException | RunLostException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // a database that is away is waited for; chance is the way out only when it is away each time
            if (holder.isStopping() || holder.waitsFor(run, e)) {
                throw e;
            }
            return chance.insteadOf(run, e);
        }
    }
}
