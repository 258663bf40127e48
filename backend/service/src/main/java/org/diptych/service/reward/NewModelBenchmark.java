package org.diptych.service.reward;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark's result as {@code diptych evaluate} sends it.
 *
 * @param benchmark small letters, digits and hyphens, 64 at most
 * @param files the benchmark's files
 * @param result what the command prints; its first metric stands for the whole
 */
public record NewModelBenchmark(
        String benchmark, List<@Nullable FileDigest> files, Map<String, @Nullable Object> result) {
    private static final String INVALID = "invalid_benchmark";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_FILES = 100;
    private static final int LONGEST_NAME = 255;

    /** @param sha256 64 small hexadecimal digits */
    public record FileDigest(String file, String sha256) {}

    /** @throws Problem naming the field that no result has so */
    void check() {
        if (!NAME.matcher(benchmark).matches()) {
            throw Problem.invalid(INVALID, "benchmark", "Give the benchmark's name, such as genai-bench.");
        }
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw Problem.invalid(INVALID, "files", "Name the benchmark's files, %d at most.".formatted(MOST_FILES));
        }
        for (int file = 0; file < files.size(); file++) {
            // a list may hold what no field may
            var entry = files.get(file);
            if (entry == null) {
                throw Problem.invalid(INVALID, "files[" + file + "]", "Give the file's name and its SHA-256.");
            }
            if (entry.file().length() > LONGEST_NAME) {
                throw Problem.invalid(INVALID, "files[" + file + "].file", "The name is too long.");
            }
            if (!DIGEST.matcher(entry.sha256()).matches()) {
                throw Problem.invalid(
                        INVALID, "files[" + file + "].sha256", "Give the file's SHA-256, 64 hexadecimal digits.");
            }
        }
        checkFirstMetric();
    }

    private void checkFirstMetric() {
        if (!(result.get("metrics") instanceof List<?> metrics)
                || metrics.isEmpty()
                || !(metrics.getFirst() instanceof Map<?, ?> metric)) {
            throw Problem.invalid(INVALID, "result.metrics", "Give at least one metric.");
        }
        if (!(metric.get("name") instanceof String name) || name.isBlank()) {
            throw Problem.invalid(INVALID, "result.metrics[0].name", "Name the metric.");
        }
        if (!(metric.get("n") instanceof Integer cases) || cases < 0) {
            throw Problem.invalid(INVALID, "result.metrics[0].n", "Give the number of cases.");
        }
        number(metric, "paper", "value");
        number(metric, "corrected", "value");
        number(metric, "corrected", "low");
        number(metric, "corrected", "high");
    }

    private static void number(Map<?, ?> metric, String form, String field) {
        if (!(metric.get(form) instanceof Map<?, ?> figure)
                || (figure.get(field) != null && !(figure.get(field) instanceof Number))) {
            throw Problem.invalid(
                    INVALID,
                    "result.metrics[0]." + form + "." + field,
                    "Give a number, or null where it is undefined.");
        }
    }
}
