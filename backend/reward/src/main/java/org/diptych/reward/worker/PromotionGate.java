package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.reward.ModelFileException;
import org.diptych.service.reward.ConfiguredEncoder;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.PromotionCheck.Outcome;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.GroupBootstrap;
import org.diptych.statistics.evaluation.PairwiseAccuracy;
import org.diptych.statistics.evaluation.TieThreshold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets a new version take the active one's place unless it is worse. */
@Component
class PromotionGate {
    private static final Logger log = LoggerFactory.getLogger(PromotionGate.class);
    private static final long SEED = 1;

    private final FeatureStore features;
    private final ModelArchive archive;
    private final ConfiguredEncoder configured;
    private final ModelVersionService models;

    PromotionGate(
            FeatureStore features, ModelArchive archive, ConfiguredEncoder configured, ModelVersionService models) {
        this.features = features;
        this.archive = archive;
        this.configured = configured;
        this.models = models;
    }

    /**
     * What was decided.
     *
     * @param passes whether the new version takes over
     * @param report why, for the version's record
     */
    record Decision(boolean passes, Map<String, Object> report) {
        private static Decision promoted(Outcome why) {
            return new Decision(true, Map.of("decision", why.stored()));
        }
    }

    /**
     * Decides.
     *
     * @param data what the new version was trained on
     * @param evaluation the pairs to compare on
     * @param fresh the new version on them
     */
    Decision decide(UUID campaign, TrainingData data, UniformEvaluation evaluation, UniformEvaluation.Judged fresh)
            throws IOException {
        var active = models.active(campaign).orElse(null);
        if (active == null) {
            return Decision.promoted(Outcome.FIRST);
        }
        return configured.reads(active)
                ? compare(fresh, evaluation, data, active)
                : Decision.promoted(Outcome.OTHER_ENCODER);
    }

    /** A damaged active version can neither be compared nor score: it gives way. */
    private Decision compare(
            UniformEvaluation.Judged fresh, UniformEvaluation evaluation, TrainingData data, ModelVersion active)
            throws IOException {
        // the active version reads the features of its own encoder, which need not be those of the new one
        var rows = active.encoderId().equals(data.provenance().encoderId())
                ? data.features()
                : features.load(evaluation.candidates(), active.encoderId());
        try (var unpacked = archive.open(active.digest())) {
            return compare(fresh, evaluation.scored(unpacked.folder(), active.encoderId(), rows), active);
        } catch (ModelFileException | NoSuchFileException e) {
            log.warn("model version {} cannot be compared with", active.number(), e);
            return new Decision(true, Map.of("against", active.number(), "decision", Outcome.UNREADABLE.stored()));
        }
    }

    /** The new version against the active one, on the pairs that both can judge fairly. */
    private static Decision compare(
            UniformEvaluation.Judged fresh, UniformEvaluation.Judged before, ModelVersion active) {
        var mine = fresh.strictWith(before);
        var theirs = before.strictWith(fresh);
        var difference = GroupBootstrap.STANDARD.difference(
                PairwiseAccuracy.correctness(mine, TieThreshold.NEVER),
                PairwiseAccuracy.correctness(theirs, TieThreshold.NEVER),
                mine.groups(),
                new SplittableRandom(SEED));
        var report = new LinkedHashMap<String, Object>();
        report.put("against", active.number());
        report.put("pairs", mine.size());
        if (difference instanceof Estimate.Interval defined) {
            report.put("difference", defined.value());
            report.put("low", defined.low());
            report.put("high", defined.high());
            boolean worse = defined.isBelowZero();
            report.put("decision", (worse ? Outcome.WORSE : Outcome.NOT_WORSE).stored());
            return new Decision(!worse, report);
        }
        report.put("decision", Outcome.NOT_COMPARABLE.stored());
        return new Decision(true, report);
    }
}
