package org.diptych.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a benchmark could not be counted, by reason, with a few names of each. */
final class LeftOutRows {
    private static final int MOST_NAMED = 5;

    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final Map<String, Integer> count = new LinkedHashMap<>();
    private final List<BenchmarkEdit> edits = new ArrayList<>();

    void add(String reason, String name) {
        count.merge(reason, 1, Integer::sum);
        var named = names.computeIfAbsent(reason, _ -> new ArrayList<>());
        if (named.size() < MOST_NAMED) {
            named.add(name);
        }
    }

    /** The same, with the edits that the row names. */
    void add(String reason, String name, Collection<BenchmarkEdit> edits) {
        add(reason, name);
        this.edits.addAll(edits);
    }

    /** Edits of the benchmark that only rows name which are left out whoever answers. */
    List<BenchmarkEdit> edits() {
        return List.copyOf(edits);
    }

    /** One sentence a reason. */
    List<String> sentences() {
        return count.entrySet().stream()
                .map(reason -> "Not counted: %d, because %s (%s%s)."
                        .formatted(
                                reason.getValue(),
                                reason.getKey(),
                                String.join(", ", names.getOrDefault(reason.getKey(), List.of())),
                                reason.getValue() > MOST_NAMED ? ", …" : ""))
                .toList();
    }

    List<Map<String, Object>> json() {
        return count.entrySet().stream()
                .map(reason -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("reason", reason.getKey());
                    line.put("rows", reason.getValue());
                    line.put("examples", names.getOrDefault(reason.getKey(), List.of()));
                    return line;
                })
                .toList();
    }
}
