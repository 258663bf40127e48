package org.diptych.service.reward;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Training runs and model versions of a campaign. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}")
class TrainingController {
    private static final int MOST_LISTED = 100;

    private final TrainingRunService runs;
    private final ModelVersionService models;
    private final VersionComparisons comparisons;
    private final ColdStartFailures coldStarts;

    TrainingController(
            TrainingRunService runs,
            ModelVersionService models,
            VersionComparisons comparisons,
            ColdStartFailures coldStarts) {
        this.comparisons = comparisons;
        this.coldStarts = coldStarts;
        this.runs = runs;
        this.models = models;
    }

    @PostMapping("/training-runs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, UUID> train(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return Map.of("id", runs.request(who, campaign));
    }

    @GetMapping("/training-runs")
    List<TrainingRun> list(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return runs.list(who, campaign, MOST_LISTED);
    }

    @GetMapping("/training-runs/{run}")
    TrainingRun run(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID run) {
        return runs.find(who, campaign, run);
    }

    @PostMapping("/training-runs/{run}/cancellation")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void cancel(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID run) {
        runs.cancel(who, campaign, run);
    }

    /** Why the campaign has no first order by design yet, if that failed. */
    @GetMapping("/first-order")
    FirstOrder firstOrder(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return new FirstOrder(coldStarts.find(who, campaign).orElse(null));
    }

    /**
     * The order of pairs before the first model.
     *
     * @param failure why it failed and when it is tried again; null when it has not
     */
    record FirstOrder(ColdStartFailures.@Nullable ColdStartFailure failure) {}

    @GetMapping("/models")
    List<ModelJson> models(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign) {
        return models.list(who, campaign).stream().map(ModelJson::of).toList();
    }

    @PostMapping("/models/{number}/promotion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void promote(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable int number) {
        models.promote(who, campaign, number);
    }

    /** A worker compares two versions on the pairs that both can judge; the answer is found under the id. */
    @PostMapping("/models/comparisons")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, UUID> compare(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @RequestBody VersionComparison.Question question) {
        return Map.of("id", comparisons.ask(who, campaign, question));
    }

    @GetMapping("/models/comparisons/{id}")
    VersionComparisons.Compared comparison(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID id) {
        return comparisons.find(who, campaign, id);
    }

    @DeleteMapping("/models/comparisons/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable UUID id) {
        comparisons.cancel(who, campaign, id);
    }

    /**
     * Why a version took over when it was made, or did not.
     *
     * @param rule by which it is decided
     * @param words the decision with its figures
     */
    record CheckJson(
            PromotionCheck.Outcome outcome,
            boolean rejected,
            @Nullable Integer against,
            @Nullable Integer pairs,
            @Nullable Double difference,
            @Nullable Double low,
            @Nullable Double high,
            String rule,
            String words) {
        static CheckJson of(PromotionCheck check) {
            return new CheckJson(
                    check.outcome(),
                    check.rejected(),
                    check.against(),
                    check.pairs(),
                    check.difference(),
                    check.low(),
                    check.high(),
                    PromotionCheck.RULE,
                    check.words());
        }
    }

    record ModelJson(
            int number,
            ModelVersion.State state,
            String digest,
            String encoder,
            String snapshot,
            int labels,
            @Nullable Double accuracy,
            @Nullable Double low,
            @Nullable Double high,
            int evaluatedPairs,
            @Nullable Double majorityRate,
            CheckJson promotionCheck,
            @JsonRawValue String comparison,
            @JsonRawValue String card,
            Instant createdAt,
            @Nullable Instant promotedAt) {
        static ModelJson of(ModelVersion model) {
            return new ModelJson(
                    model.number(),
                    model.state(),
                    model.digest(),
                    model.encoderId(),
                    model.snapshotDigest(),
                    model.labels(),
                    model.accuracy(),
                    model.accuracyLow(),
                    model.accuracyHigh(),
                    model.evaluatedPairs(),
                    model.majorityRate(),
                    CheckJson.of(PromotionCheck.of(model)),
                    model.comparison(),
                    model.card(),
                    model.createdAt(),
                    model.promotedAt());
        }
    }
}
