package org.diptych.command;

import java.util.HashMap;
import java.util.Map;

/** Numbers for source images: what is resampled together has the same one. */
final class BenchmarkSources {
    private final Map<String, Integer> numbers = new HashMap<>();

    int number(String source) {
        return numbers.computeIfAbsent(source, _ -> numbers.size());
    }
}
