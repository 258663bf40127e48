package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diptych.reward.ModelCard;
import org.diptych.reward.TrainingException;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.NewModelVersion;
import org.diptych.statistics.evaluation.Measure;
import org.diptych.statistics.evaluation.PairwiseAccuracy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Judges a trained version on the uniform stratum, and records it with what was found. */
@Component
class VersionJudge {
    private static final Logger log = LoggerFactory.getLogger(VersionJudge.class);

    private final PromotionGate gate;
    private final ModelVersionService models;
    private final HeldRuns holds;
    private final JsonMapper json;

    VersionJudge(PromotionGate gate, ModelVersionService models, HeldRuns holds, JsonMapper json) {
        this.gate = gate;
        this.models = models;
        this.holds = holds;
        this.json = json;
    }

    /**
     * Judges.
     *
     * @param card of the version
     * @param folder of its models
     * @return its number
     */
    int judge(RunInputs inputs, TrainingData data, ModelCard card, Path folder) throws IOException {
        var encoderId = data.provenance().encoderId();
        var evaluation = UniformEvaluation.of(data.labels());
        var judged = evaluation.scored(folder, encoderId, data.features());
        var strict = judged.strict();
        var accuracy = PairwiseAccuracy.withoutTies(strict);
        var interval = AccuracyInterval.of(strict);
        var decision = gate.decide(inputs.campaign(), data, evaluation, judged);
        var report = new LinkedHashMap<>(decision.report());
        report.put("lift", lift(data, folder));
        if (data.leftOut() > 0) {
            report.put("leftOut", data.leftOut());
        }
        var version = new NewModelVersion(
                inputs.campaign(),
                inputs.run().id(),
                inputs.snapshot().id(),
                card.parametersDigest(),
                encoderId,
                json.writeValueAsString(card),
                data.labels().size(),
                value(accuracy.value()),
                interval.map(AccuracyInterval::low).orElse(null),
                interval.map(AccuracyInterval::high).orElse(null),
                strict.size(),
                value(accuracy.majorityClass()),
                json.writeValueAsString(report));
        return holds.whileHeld(inputs.run(), () -> models.add(version, decision.passes()))
                .number();
    }

    private static @Nullable Double value(Measure measure) {
        return measure instanceof Measure.Defined defined ? defined.value() : null;
    }

    /** A version is no worse for a comparison that failed. */
    private static Map<String, Object> lift(TrainingData data, Path folder) throws IOException {
        try {
            return new LabelLift(data.labels(), data.set())
                    .measure(folder, data.provenance().encoderId());
        } catch (TrainingException e) {
            log.warn("the lift of chosen labels was not measured: {}", e.getMessage());
            return Map.of();
        }
    }
}
