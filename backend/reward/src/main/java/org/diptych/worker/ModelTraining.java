package org.diptych.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.dataset.SnapshotService.Snapshot;
import org.diptych.evaluation.Estimate;
import org.diptych.evaluation.GroupBootstrap;
import org.diptych.evaluation.Measure;
import org.diptych.evaluation.PairwiseAccuracy;
import org.diptych.evaluation.TieThreshold;
import org.diptych.protocol.Protocol;
import org.diptych.reward.ModelVersion;
import org.diptych.reward.ModelVersionService;
import org.diptych.reward.NewModelVersion;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingProgress;
import org.diptych.reward.TrainingRun;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.encoder.EditEncoder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Trains a version with its fold models, judges it, stores it, and promotes it unless it is worse than the active one. */
@Component
class ModelTraining {
    private static final long EVALUATION_SEED = 1;

    private final RewardTrainer trainer = new RewardTrainer();
    private final FeatureStore features;
    private final SnapshotReader reader;
    private final ModelArchive archive;
    private final ModelVersionService models;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final String revision;

    ModelTraining(
            FeatureStore features,
            SnapshotReader reader,
            ModelArchive archive,
            ModelVersionService models,
            JdbcClient jdbc,
            JsonMapper json,
            @Value("${diptych.revision:unknown}") String revision) {
        this.features = features;
        this.reader = reader;
        this.archive = archive;
        this.models = models;
        this.jdbc = jdbc;
        this.json = json;
        this.revision = revision;
    }

    Trained train(TrainingRun run, Snapshot snapshot, Protocol protocol, EditEncoder encoder, Follower follower)
            throws IOException {
        var labels = reader.read(snapshot.id());
        var rows = features.load(SnapshotReader.candidates(labels), encoder.encoderId());
        var provenance = new Provenance(
                snapshot.digest(),
                protocol.sha256(),
                revision,
                seed(run.campaign()),
                encoder.encoderId(),
                System.getProperty("os.arch", "unknown"));
        var folder = archive.newFolder();
        try {
            var version = fit(labels, rows, protocol, encoder, provenance, folder.resolve("model"), follower);
            fitFolds(labels, rows, protocol, encoder, provenance, folder, follower);
            archive.store(version.digest(), folder);
            return judge(run, snapshot, labels, rows, encoder, folder, version);
        } finally {
            archive.discard(folder);
        }
    }

    private void fitFolds(
            List<LabelledPair> labels,
            Map<UUID, float[]> rows,
            Protocol protocol,
            EditEncoder encoder,
            Provenance provenance,
            Path folder,
            Follower follower)
            throws IOException {
        for (int fold = 0; fold < UniformEvaluation.FOLDS; fold++) {
            int left = fold;
            var outside = labels.stream()
                    .filter(label -> UniformEvaluation.fold(label.group()) != left)
                    .toList();
            try {
                fit(
                        outside,
                        rows,
                        protocol,
                        encoder,
                        provenance,
                        UniformEvaluation.folder(folder, fold),
                        follower.silently());
            } catch (NotEnoughLabelsException e) {
                // this fold cannot be judged yet; the evaluation says on how many pairs it rests
            }
        }
    }

    private Fitted fit(
            List<LabelledPair> labels,
            Map<UUID, float[]> rows,
            Protocol protocol,
            EditEncoder encoder,
            Provenance provenance,
            Path folder,
            Follower follower)
            throws IOException {
        var set = SnapshotReader.trainingSet(protocol, encoder, labels, rows);
        try (var trained = trainer.train(set, TrainingSettings.defaults(), provenance, progress -> {
            follower.progressed(
                    progress.step(), progress.steps(), fitting(progress), finite(progress.validationLoss()));
            return true;
        })) {
            trained.save(folder);
            return new Fitted(trained.card().parametersDigest(), json.writeValueAsString(trained.card()));
        }
    }

    /** Only the final fit makes a curve; the search for priors before it has losses on another scale. */
    private static @Nullable Double fitting(TrainingProgress progress) {
        return progress.phase() == TrainingProgress.Phase.FITTING ? finite(progress.loss()) : null;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private Trained judge(
            TrainingRun run,
            Snapshot snapshot,
            List<LabelledPair> labels,
            Map<UUID, float[]> rows,
            EditEncoder encoder,
            Path folder,
            Fitted fitted)
            throws IOException {
        var evaluation = UniformEvaluation.of(labels);
        var judged = evaluation.scored(folder, encoder.encoderId(), rows);
        var strict = judged.strict();
        var accuracy = PairwiseAccuracy.withoutTies(strict);
        var interval = AccuracyInterval.of(strict);
        var active = models.active(run.campaign()).orElse(null);
        var gate = active == null || !active.encoderId().equals(encoder.encoderId())
                ? Gate.FIRST
                : compare(judged, evaluation.scored(archive.open(active.digest()), encoder.encoderId(), rows), active);
        var version = models.add(new NewModelVersion(
                run.campaign(),
                run.id(),
                snapshot.id(),
                fitted.digest(),
                encoder.encoderId(),
                fitted.card(),
                snapshot.labels(),
                value(accuracy.value()),
                interval.map(AccuracyInterval::low).orElse(null),
                interval.map(AccuracyInterval::high).orElse(null),
                strict.size(),
                value(accuracy.majorityClass()),
                json.writeValueAsString(gate.report())));
        if (gate.passes()) {
            models.promote(run.campaign(), version.number());
        }
        return new Trained(version.number(), gate.passes());
    }

    private static @Nullable Double value(Measure measure) {
        return measure instanceof Measure.Defined defined ? defined.value() : null;
    }

    /** The new version against the active one, on the pairs that both can judge fairly. */
    private static Gate compare(UniformEvaluation.Judged fresh, UniformEvaluation.Judged before, ModelVersion active) {
        var mine = fresh.strictWith(before);
        var theirs = before.strictWith(fresh);
        var difference = GroupBootstrap.STANDARD.difference(
                PairwiseAccuracy.correctness(mine, TieThreshold.NEVER),
                PairwiseAccuracy.correctness(theirs, TieThreshold.NEVER),
                mine.groups(),
                new SplittableRandom(EVALUATION_SEED));
        var report = new LinkedHashMap<String, Object>();
        report.put("against", active.number());
        report.put("pairs", mine.size());
        if (difference instanceof Estimate.Interval defined) {
            report.put("difference", defined.value());
            report.put("low", defined.low());
            report.put("high", defined.high());
            boolean worse = defined.isBelowZero();
            report.put("decision", worse ? "kept the active version: the new one is worse" : "promoted: not worse");
            return new Gate(!worse, report);
        }
        report.put("decision", "promoted: the two cannot be compared yet");
        return new Gate(true, report);
    }

    private long seed(UUID campaign) {
        return jdbc.sql("SELECT seed FROM campaign WHERE id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    /** Hears how far training is; throws to stop it. */
    @FunctionalInterface
    interface Follower {
        void progressed(int step, int steps, @Nullable Double loss, @Nullable Double validationLoss);

        /** The same without a curve: fold models are trained like the final one and their losses say nothing more. */
        default Follower silently() {
            return (step, steps, _, _) -> progressed(step, steps, null, null);
        }
    }

    record Trained(int number, boolean promoted) {}

    private record Fitted(String digest, String card) {}

    private record Gate(boolean passes, Map<String, Object> report) {
        static final Gate FIRST = new Gate(true, Map.of("decision", "promoted: the first version"));
    }
}
