package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Scores against forced choices between two edits, by type of task (EditReward-Bench of EditScore, arXiv 2509.23909;
 * Multimodal RewardBench 2, arXiv 2512.16899). Equal scores decide nothing: published, they are wrong; corrected, they
 * count half, what a coin would reach.
 *
 * @param micro every pair counts the same
 * @param macro every type of task counts the same
 * @param byType pairs of one type
 * @param undecided pairs with equal scores
 */
public record PreferenceBenchmark(
        SideBySide micro, SideBySide macro, SortedMap<String, SideBySide> byType, int undecided) {

    private static final Measure RANDOM = Measure.of(1 / 2.0);
    private static final String NO_PAIRS = "there are no pairs";

    /**
     * A choice that people made.
     *
     * @param type of task
     * @param source the source image
     * @param margin score of the edit that people chose - score of the other
     * @param firstChosen whether they chose the one that the file names first
     */
    public record Choice(String type, int source, double margin, boolean firstChosen) {
        double published() {
            return margin > 0 ? 1 : 0;
        }

        double corrected() {
            return margin == 0 ? 1 / 2.0 : published();
        }
    }

    public static PreferenceBenchmark of(List<Choice> choices, Resampling resampling) {
        int[] sources = choices.stream().mapToInt(Choice::source).toArray();
        SortedMap<String, SideBySide> byType = new TreeMap<>();
        byType(choices).forEach((type, own) -> byType.put(type, micro(own, resampling)));
        return new PreferenceBenchmark(
                micro(choices, resampling),
                new SideBySide(
                        macro(choices, Choice::published),
                        macro(choices, Choice::corrected),
                        resampling
                                .bootstrap()
                                .statistic(
                                        sources,
                                        places -> macro(
                                                Arrays.stream(places)
                                                        .mapToObj(choices::get)
                                                        .toList(),
                                                Choice::corrected),
                                        resampling.random()),
                        majority(choices),
                        RANDOM,
                        choices.size(),
                        Resampling.distinct(sources)),
                Collections.unmodifiableSortedMap(byType),
                (int) choices.stream().filter(choice -> choice.margin() == 0).count());
    }

    private static SideBySide micro(List<Choice> choices, Resampling resampling) {
        return resampling.mean(
                mean(choices, Choice::published),
                choices.stream().mapToDouble(Choice::corrected).toArray(),
                choices.stream().mapToInt(Choice::source).toArray(),
                majority(choices),
                RANDOM,
                NO_PAIRS);
    }

    /** Where the better edit always has the same place, a constant answer is always right and tells nothing. */
    private static Measure majority(List<Choice> choices) {
        long first = choices.stream().filter(Choice::firstChosen).count();
        if (first == choices.size() || first == 0) {
            return Measure.undefined("the better edit always has the same place: no place may be known to the model");
        }
        return Measure.of((double) Math.max(first, choices.size() - first) / choices.size());
    }

    private static Measure macro(List<Choice> choices, ToDoubleFunction<Choice> right) {
        var types = byType(choices);
        return Measure.share(
                types.values().stream()
                        .mapToDouble(own -> mean(own, right).orElseThrow())
                        .sum(),
                types.size(),
                NO_PAIRS);
    }

    private static Measure mean(List<Choice> choices, ToDoubleFunction<Choice> right) {
        return Measure.share(choices.stream().mapToDouble(right).sum(), choices.size(), NO_PAIRS);
    }

    private static Map<String, List<Choice>> byType(List<Choice> choices) {
        return choices.stream().collect(Collectors.groupingBy(Choice::type, TreeMap::new, Collectors.toList()));
    }
}
