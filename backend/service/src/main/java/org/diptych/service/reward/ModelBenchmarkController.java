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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Benchmarks of a model version. */
@RestController
@RequestMapping("/api/v1/campaigns/{campaign}/models/{number}/benchmarks")
class ModelBenchmarkController {
    private final ModelBenchmarkService benchmarks;

    ModelBenchmarkController(ModelBenchmarkService benchmarks) {
        this.benchmarks = benchmarks;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UUID> add(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID campaign,
            @PathVariable int number,
            @RequestBody NewModelBenchmark measured) {
        return Map.of("id", benchmarks.add(who, campaign, number, measured));
    }

    @GetMapping
    List<BenchmarkJson> list(
            @AuthenticationPrincipal SignedIn who, @PathVariable UUID campaign, @PathVariable int number) {
        return benchmarks.list(who, campaign, number).stream()
                .map(BenchmarkJson::of)
                .toList();
    }

    record BenchmarkJson(
            UUID id,
            String benchmark,
            String metric,
            @Nullable Double paper,
            @Nullable Double corrected,
            @Nullable Double low,
            @Nullable Double high,
            int n,
            @JsonRawValue String files,
            @JsonRawValue String result,
            String measuredBy,
            Instant measuredAt) {
        static BenchmarkJson of(ModelBenchmark.Whole whole) {
            var measured = whole.figure();
            return new BenchmarkJson(
                    measured.id(),
                    measured.benchmark(),
                    measured.metric(),
                    measured.paper(),
                    measured.corrected(),
                    measured.low(),
                    measured.high(),
                    measured.cases(),
                    whole.files(),
                    whole.result(),
                    measured.measuredBy(),
                    measured.measuredAt());
        }
    }
}
