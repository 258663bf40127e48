package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.reward.ModelCard;
import org.diptych.reward.ModelFileException;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingException;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingProgress;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.PyTorch;
import org.diptych.service.dataset.SnapshotService.Snapshot;
import org.diptych.service.reward.ConfiguredEncoder;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.NewModelVersion;
import org.diptych.service.reward.SetAsideCandidates;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.GroupBootstrap;
import org.diptych.statistics.evaluation.Measure;
import org.diptych.statistics.evaluation.PairwiseAccuracy;
import org.diptych.statistics.evaluation.TieThreshold;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Trains a version with its fold models, judges it, stores it, and promotes it unless it is worse than the active one. */
@Component
class ModelTraining {
    private static final Logger log = LoggerFactory.getLogger(ModelTraining.class);
    private static final long EVALUATION_SEED = 1;
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);
    private static final int MOST_LISTED = 20;

    private final VersionFits fits =
            new VersionFits(new RewardTrainer(), TrainingSettings.defaults(), CHECKPOINT_EVERY);
    private final FeatureStore features;
    private final SetAsideCandidates setAside;
    private final SnapshotReader reader;
    private final ModelArchive archive;
    private final ConfiguredEncoder configured;
    private final ModelVersionService models;
    private final TrainingRunService runs;
    private final HeldRuns holds;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final String revision;

    ModelTraining(
            FeatureStore features,
            SetAsideCandidates setAside,
            SnapshotReader reader,
            ModelArchive archive,
            ConfiguredEncoder configured,
            ModelVersionService models,
            TrainingRunService runs,
            HeldRuns holds,
            JdbcClient jdbc,
            JsonMapper json,
            @Value("${diptych.revision:unknown}") String revision) {
        this.features = features;
        this.setAside = setAside;
        this.reader = reader;
        this.archive = archive;
        this.configured = configured;
        this.models = models;
        this.runs = runs;
        this.holds = holds;
        this.jdbc = jdbc;
        this.json = json;
        this.revision = revision;
    }

    Trained train(TrainingRun run, Snapshot snapshot, Protocol protocol, EditEncoder encoder, Follower follower)
            throws IOException {
        archive.discardRuns(
                id -> runs.find(id).map(other -> other.state().ended()).orElse(true));
        var frozen = reader.read(snapshot.id());
        var rows = features.load(SnapshotReader.candidates(frozen), encoder.encoderId());
        var labels = frozen.stream()
                .filter(label -> rows.containsKey(label.first()) && rows.containsKey(label.second()))
                .toList();
        int leftOut = frozen.size() - labels.size();
        holds.leaveOut(run, setAside.count(run.campaign(), encoder.encoderId()), leftOut);
        var provenance = new Provenance(
                snapshot.digest(),
                protocol.sha256(),
                revision,
                seed(run.campaign()),
                encoder.encoderId(),
                System.getProperty("os.arch", "unknown") + " "
                        + PyTorch.device().getDeviceType());
        var set = SnapshotReader.trainingSet(protocol, encoder, labels, rows);
        var folder = archive.runFolder(run.id());
        try (var earlier = earlier(run.campaign(), encoder)) {
            var card = fits.fit(set, provenance, folder, earlier, listeners(follower));
            archive.store(card.parametersDigest(), folder);
            return judge(run, snapshot, labels, rows, encoder, folder, card, lift(labels, set, folder, encoder));
        } catch (NotFiniteException e) {
            throw new TrainingException(named(e, labels, encoder));
        } catch (NotEnoughLabelsException e) {
            throw leftOut == 0
                    ? e
                    : new TrainingException(
                            "%s. %d labels are left out, since candidates of theirs cannot be encoded: the models page names them"
                                    .formatted(e.getMessage(), leftOut));
        }
    }

    /** A version is no worse for a comparison that failed. */
    private static Map<String, Object> lift(
            List<LabelledPair> labels, TrainingSet set, Path folder, EditEncoder encoder) throws IOException {
        try {
            return new LabelLift(labels, set).measure(folder, encoder.encoderId());
        } catch (TrainingException e) {
            log.warn("the lift of chosen labels was not measured: {}", e.getMessage());
            return Map.of();
        }
    }

    /** A version that a run made before its worker died; it was judged then. */
    Trained made(UUID campaign, int number) {
        boolean active = models.active(campaign)
                .map(version -> version.number() == number)
                .orElse(false);
        return new Trained(number, active);
    }

    /** Forgets what an ended run has left. */
    void forget(UUID run) throws IOException {
        archive.discard(archive.runFolder(run));
    }

    private EarlierVersion earlier(UUID campaign, EditEncoder encoder) throws IOException {
        var active = models.active(campaign).orElse(null);
        if (active == null || !active.encoderId().equals(encoder.encoderId())) {
            return EarlierVersion.none();
        }
        try (var unpacked = archive.open(active.digest())) {
            return EarlierVersion.open(unpacked.folder(), encoder.encoderId());
        } catch (NoSuchFileException | ModelFileException e) {
            log.warn("model version {} cannot be started from", active.number(), e);
            return EarlierVersion.none();
        }
    }

    /** What broke, in ids that can be looked up. Features that are no numbers are forgotten, so that the next run encodes anew. */
    private String named(NotFiniteException failure, List<LabelledPair> labels, EditEncoder encoder) {
        if (failure.kind() == NotFiniteException.Kind.LABELS) {
            var pairs = failure.rows().stream()
                    .map(labels::get)
                    .map(LabelledPair::pair)
                    .distinct()
                    .toList();
            return "The loss is not a finite number for the labels of the pairs " + listed(pairs)
                    + ". The last good version stays active.";
        }
        var known = SnapshotReader.candidates(labels);
        var candidates = failure.rows().stream().map(known::get).toList();
        features.forget(candidates, encoder.encoderId());
        return "A feature of the candidate " + listed(candidates)
                + " is not a finite number. The last good version stays active; the next run computes the features anew.";
    }

    private static String listed(List<UUID> ids) {
        return ids.stream().limit(MOST_LISTED).map(UUID::toString).collect(Collectors.joining(", "))
                + (ids.size() > MOST_LISTED ? " and %d more".formatted(ids.size() - MOST_LISTED) : "");
    }

    private static VersionFits.Follower listeners(Follower follower) {
        return new VersionFits.Follower() {
            @Override
            public TrainingListener whole() {
                return progress -> {
                    follower.progressed(
                            progress.step(), progress.steps(), fitting(progress), finite(progress.validationLoss()));
                    return true;
                };
            }

            /** Without a curve: fold models are trained like the final one and their losses say nothing more. */
            @Override
            public TrainingListener fold() {
                return progress -> {
                    follower.progressed(progress.step(), progress.steps(), null, null);
                    return true;
                };
            }
        };
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
            ModelCard card,
            Map<String, Object> lift)
            throws IOException {
        var evaluation = UniformEvaluation.of(labels);
        var judged = evaluation.scored(folder, encoder.encoderId(), rows);
        var strict = judged.strict();
        var accuracy = PairwiseAccuracy.withoutTies(strict);
        var interval = AccuracyInterval.of(strict);
        var active = models.active(run.campaign()).orElse(null);
        var gate = active == null
                ? Gate.FIRST
                : configured.reads(active) ? compare(judged, evaluation, active) : Gate.NEW_ENCODER;
        var report = new LinkedHashMap<>(gate.report());
        report.put("lift", lift);
        if (labels.size() < snapshot.labels()) {
            report.put("leftOut", snapshot.labels() - labels.size());
        }
        var judgement = new NewModelVersion(
                run.campaign(),
                run.id(),
                snapshot.id(),
                card.parametersDigest(),
                encoder.encoderId(),
                json.writeValueAsString(card),
                labels.size(),
                value(accuracy.value()),
                interval.map(AccuracyInterval::low).orElse(null),
                interval.map(AccuracyInterval::high).orElse(null),
                strict.size(),
                value(accuracy.majorityClass()),
                json.writeValueAsString(report));
        var version = holds.whileHeld(run, () -> models.add(judgement, gate.passes()));
        return new Trained(version.number(), gate.passes());
    }

    private static @Nullable Double value(Measure measure) {
        return measure instanceof Measure.Defined defined ? defined.value() : null;
    }

    /** A damaged active version can neither be compared nor score: it gives way. */
    private Gate compare(UniformEvaluation.Judged fresh, UniformEvaluation evaluation, ModelVersion active)
            throws IOException {
        // the active version reads the features of its own encoder, which need not be those of the new one
        var rows = features.load(evaluation.candidates(), active.encoderId());
        try (var unpacked = archive.open(active.digest())) {
            return compare(fresh, evaluation.scored(unpacked.folder(), active.encoderId(), rows), active);
        } catch (ModelFileException | NoSuchFileException e) {
            log.warn("model version {} cannot be compared with", active.number(), e);
            return new Gate(
                    true,
                    Map.of("against", active.number(), "decision", "promoted: the active version cannot be read"));
        }
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
    }

    record Trained(int number, boolean promoted) {}

    private record Gate(boolean passes, Map<String, Object> report) {
        static final Gate FIRST = new Gate(true, Map.of("decision", "promoted: the first version"));
        static final Gate NEW_ENCODER =
                new Gate(true, Map.of("decision", "promoted: the active version reads features of another encoder"));
    }
}
