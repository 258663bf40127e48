package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mean scores of an editing model by type of task, and their mean over the types (GEdit-Bench, ImgEdit-Bench). Nobody's
 * judgement is compared with: what comes out has the unit of the scores and rates the editing model.
 *
 * @param overall every type counts the same; corrected and published are one figure, to which the interval is added
 * @param byType plain mean of each type
 */
public record TaskMeans(SideBySide overall, SortedMap<String, SideBySide> byType) {

    private static final Measure NO_BASELINE = Measure.undefined("scores by themselves have no right answers");
    private static final String NO_TASKS = "no task has a score";

    /** The score of one edit; tasks are resampled one by one. */
    public record Scored(String type, double score) {}

    public static TaskMeans of(List<Scored> tasks, Resampling resampling) {
        int[] each = new int[tasks.size()];
        Arrays.setAll(each, task -> task);
        SortedMap<String, SideBySide> byType = new TreeMap<>();
        byType(tasks).forEach((type, own) -> {
            double[] scores = own.stream().mapToDouble(Scored::score).toArray();
            byType.put(
                    type,
                    resampling.mean(
                            mean(own), scores, Arrays.copyOf(each, scores.length), NO_BASELINE, NO_BASELINE, NO_TASKS));
        });
        Measure mean = macro(tasks);
        return new TaskMeans(
                new SideBySide(
                        mean,
                        mean,
                        resampling
                                .bootstrap()
                                .statistic(
                                        each,
                                        places -> macro(Arrays.stream(places)
                                                .mapToObj(tasks::get)
                                                .toList()),
                                        resampling.random()),
                        NO_BASELINE,
                        NO_BASELINE,
                        tasks.size(),
                        tasks.size()),
                Collections.unmodifiableSortedMap(byType));
    }

    private static Measure macro(List<Scored> tasks) {
        var types = byType(tasks);
        return Measure.share(
                types.values().stream()
                        .mapToDouble(own -> mean(own).orElseThrow())
                        .sum(),
                types.size(),
                NO_TASKS);
    }

    private static Measure mean(List<Scored> tasks) {
        return Measure.share(tasks.stream().mapToDouble(Scored::score).sum(), tasks.size(), NO_TASKS);
    }

    private static Map<String, List<Scored>> byType(List<Scored> tasks) {
        return tasks.stream().collect(Collectors.groupingBy(Scored::type, TreeMap::new, Collectors.toList()));
    }
}
