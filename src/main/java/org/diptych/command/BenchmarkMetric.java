package org.diptych.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.Measure;
import org.diptych.statistics.evaluation.SideBySide;
import org.jspecify.annotations.Nullable;

/** Figures of a benchmark as JSON: what is undefined is null, with the reason beside it. */
final class BenchmarkMetric {
    private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

    /**
     * A figure in both forms.
     *
     * @param paper how the published form is computed
     * @param corrected how the corrected one is
     */
    BenchmarkMetric(String name, String paper, String corrected, SideBySide figure) {
        json.put("name", name);
        json.put("paper", described(paper, value(figure.published())));
        json.put("corrected", described(corrected, corrected(figure)));
        putRest(json, figure);
    }

    /** The same figure of the parts of the whole. */
    BenchmarkMetric parts(String of, Map<?, SideBySide> parts) {
        List<Object> list = parts.entrySet().stream()
                .<Object>map(part -> {
                    Map<String, @Nullable Object> line = new LinkedHashMap<>();
                    line.put(of, part.getKey());
                    line.put("paper", value(part.getValue().published()));
                    line.put("corrected", corrected(part.getValue()));
                    putRest(line, part.getValue());
                    return line;
                })
                .toList();
        json.put("parts", list);
        return this;
    }

    /** A figure by itself. */
    BenchmarkMetric with(String name, Measure measure) {
        json.put(name, value(measure));
        return this;
    }

    /** A count by itself. */
    BenchmarkMetric with(String name, int count) {
        json.put(name, count);
        return this;
    }

    /** A difference with its interval. */
    BenchmarkMetric with(String name, Estimate estimate) {
        Map<String, @Nullable Object> difference = new LinkedHashMap<>();
        if (estimate instanceof Estimate.Interval interval) {
            difference.put("value", interval.value());
        } else {
            difference.put("value", null);
        }
        putInterval(difference, estimate);
        json.put(name, difference);
        return this;
    }

    Map<String, @Nullable Object> json() {
        return json;
    }

    private static void putRest(Map<String, @Nullable Object> line, SideBySide figure) {
        line.put("majority", value(figure.majority()));
        line.put("random", value(figure.random()));
        line.put("n", figure.cases());
        line.put("groups", figure.groups());
    }

    private static Map<String, @Nullable Object> described(String metric, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("metric", metric);
        described.putAll(value);
        return described;
    }

    private static Map<String, @Nullable Object> corrected(SideBySide figure) {
        var corrected = value(figure.corrected());
        putInterval(corrected, figure.interval());
        return corrected;
    }

    private static void putInterval(Map<String, @Nullable Object> value, Estimate estimate) {
        switch (estimate) {
            case Estimate.Interval interval -> {
                value.put("low", interval.low());
                value.put("high", interval.high());
                value.put("standardError", interval.standardError());
                value.put("level", interval.level());
            }
            case Estimate.Undefined(String reason) -> {
                value.put("low", null);
                value.put("high", null);
                value.putIfAbsent("reason", reason);
            }
        }
    }

    private static Map<String, @Nullable Object> value(Measure measure) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        switch (measure) {
            case Measure.Defined(double defined) -> value.put("value", defined);
            case Measure.Undefined(String reason) -> {
                value.put("value", null);
                value.put("reason", reason);
            }
        }
        return value;
    }
}
