package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A judge's verdicts against human ones, by exact match (GenAI-Bench).
 *
 * @param all every pair; an answer that could not be read is wrong, as published
 * @param readable the pairs whose answer could be read
 * @param aboveMajority by how much the judge is above (or below) the most frequent human answer given every time
 * @param unreadable pairs without a verdict
 */
public record VerdictBenchmark(SideBySide all, SideBySide readable, Estimate aboveMajority, int unreadable) {

    /**
     * @param human the human verdict of each pair, 0 .. verdicts - 1
     * @param judge the judge's verdicts, or {@link VerdictAccuracy#NO_VERDICT}
     * @param group the source image of each pair
     */
    public static VerdictBenchmark of(int[] human, int[] judge, int verdicts, int[] group, Resampling resampling) {
        int[] read = IntStream.range(0, judge.length)
                .filter(pair -> judge[pair] != VerdictAccuracy.NO_VERDICT)
                .toArray();
        int majority = IntStream.range(0, verdicts)
                .reduce(0, (best, next) -> count(human, next) > count(human, best) ? next : best);
        double[] constant = Arrays.stream(human)
                .mapToDouble(verdict -> verdict == majority ? 1 : 0)
                .toArray();
        return new VerdictBenchmark(
                share(VerdictAccuracy.of(human, judge, verdicts).value(), human, judge, verdicts, group, resampling),
                share(
                        Measure.undefined("published figures count every pair"),
                        select(human, read),
                        select(judge, read),
                        verdicts,
                        select(group, read),
                        resampling),
                resampling.bootstrap().difference(right(human, judge), constant, group, resampling.random()),
                judge.length - read.length);
    }

    private static SideBySide share(
            Measure published, int[] human, int[] judge, int verdicts, int[] group, Resampling resampling) {
        Accuracy accuracy = VerdictAccuracy.of(human, judge, verdicts);
        return resampling.mean(
                published,
                right(human, judge),
                group,
                accuracy.majorityClass(),
                Measure.of(1.0 / verdicts),
                "there are no verdicts");
    }

    private static double[] right(int[] human, int[] judge) {
        return IntStream.range(0, human.length)
                .mapToDouble(pair -> human[pair] == judge[pair] ? 1 : 0)
                .toArray();
    }

    private static long count(int[] human, int verdict) {
        return Arrays.stream(human).filter(given -> given == verdict).count();
    }

    private static int[] select(int[] values, int[] positions) {
        return Arrays.stream(positions).map(position -> values[position]).toArray();
    }
}
