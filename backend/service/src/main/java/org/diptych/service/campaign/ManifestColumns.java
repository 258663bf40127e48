package org.diptych.service.campaign;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what stands in the rows of a manifest. Of names that a manifest makes up, it counts the first. */
final class ManifestColumns {
    private static final int MOST_NAMES = 200;

    private final Map<String, Long> columns = new LinkedHashMap<>();
    private final Map<String, Long> candidateColumns = new LinkedHashMap<>();
    private final Map<String, Long> categories = new LinkedHashMap<>();
    private final Map<String, Long> known = new LinkedHashMap<>();
    private long rows;

    void add(PreparedRow prepared) {
        var row = prepared.row();
        rows++;
        count(columns, "id", 1);
        count(columns, "instruction", 1);
        count(columns, "source", 1);
        count(columns, "candidates", 1);
        if (row.category() != null) {
            count(columns, "category", 1);
            count(categories, row.category(), prepared.pairs().size());
        }
        if (row.known() != null) {
            count(columns, "known", 1);
        }
        row.metadata().propertyNames().forEach(name -> count(columns, name, 1));
        for (var candidate : row.candidates()) {
            count(candidateColumns, "model", 1);
            count(candidateColumns, "image", 1);
            if (candidate.seed() != null) {
                count(candidateColumns, "seed", 1);
            }
            candidate.metadata().propertyNames().forEach(name -> count(candidateColumns, name, 1));
        }
    }

    /** The row is new. */
    void added(PreparedRow prepared) {
        var answer = prepared.row().known();
        if (answer != null) {
            count(known, answer.use().word(), prepared.pairs().size());
        }
    }

    ManifestContents contents() {
        var largest = categories.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first, LinkedHashMap::new));
        return new ManifestContents(rows, columns, candidateColumns, largest, known);
    }

    private static void count(Map<String, Long> counts, String name, long by) {
        if (counts.containsKey(name) || counts.size() < MOST_NAMES) {
            counts.merge(name, by, Long::sum);
        }
    }
}
