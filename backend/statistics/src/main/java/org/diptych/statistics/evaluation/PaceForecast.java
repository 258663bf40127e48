package org.diptych.statistics.evaluation;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When work will be done, resampled from the days in which it was done. Each replicate first draws the days that might as
 * well have been seen (one fewer than were seen, so that their mean varies as much as it should), then lives through the
 * future on them: the interval holds both what the coming days will do and what the past ones leave unknown. Where there
 * are enough of both, workdays are drawn from workdays and weekends from weekends.
 *
 * @param low the day by which the work is done in one replicate of forty
 * @param median the day by which it is done in half of them
 * @param high the day by which it is done in 39 of forty; null when that is more than {@link #HORIZON_DAYS} ahead
 * @param path what is left at the end of coming days
 */
public record PaceForecast(
        LocalDate low, LocalDate median, @Nullable LocalDate high, List<Left> path) {
    /** Fewer complete days say nothing about a pace. */
    public static final int FEWEST_DAYS = 7;
    /** Of them at least so many must have had work. */
    public static final int FEWEST_ACTIVE_DAYS = 4;
    /** Earlier days are another campaign's by now. */
    public static final int MOST_DAYS = 42;
    /** Nobody looks further ahead. */
    public static final int HORIZON_DAYS = 1_095;

    private static final int REPLICATES = 1_000;
    private static final int FEWEST_OF_A_KIND = 4;
    private static final int PATH_POINTS = 40;
    private static final double TAIL = 0.025;

    /**
     * What is left at the end of a day.
     *
     * @param day the day
     * @param low in one replicate of forty it is this or less
     * @param median in half of them
     * @param high in 39 of forty
     */
    public record Left(LocalDate day, double low, double median, double high) {}

    /** A forecast keeps its own copy of the path. */
    public PaceForecast {
        path = List.copyOf(path);
    }

    /**
     * Forecasts.
     *
     * @param lastDay the last complete day
     * @param amounts what was done on each complete day until then, days without work included, oldest first
     * @param left what is left at the end of the last complete day, more than 0
     * @return nothing when the days are too few
     */
    public static Optional<PaceForecast> of(LocalDate lastDay, double[] amounts, double left, RandomGenerator random) {
        var days = amounts.length > MOST_DAYS
                ? Arrays.copyOfRange(amounts, amounts.length - MOST_DAYS, amounts.length)
                : amounts;
        long active = Arrays.stream(days).filter(amount -> amount > 0).count();
        if (left <= 0 || days.length < FEWEST_DAYS || active < FEWEST_ACTIVE_DAYS) {
            return Optional.empty();
        }
        var kinds = Kinds.of(lastDay, days);
        var ends = new int[REPLICATES];
        var remains = new ArrayList<double[]>(REPLICATES);
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            var future = kinds.resampled(random).live(lastDay, left, random);
            ends[replicate] = future.length;
            remains.add(future);
        }
        Arrays.sort(ends);
        int high = ends[at(1 - TAIL)];
        return Optional.of(new PaceForecast(
                lastDay.plusDays(ends[at(TAIL)]),
                lastDay.plusDays(ends[at(0.5)]),
                high >= HORIZON_DAYS ? null : lastDay.plusDays(high),
                path(lastDay, remains, high)));
    }

    private static int at(double share) {
        return (int) Math.min(REPLICATES - 1, Math.floor(share * REPLICATES));
    }

    private static List<Left> path(LocalDate lastDay, List<double[]> remains, int longest) {
        var path = new ArrayList<Left>();
        int step = Math.max(1, (longest + PATH_POINTS - 1) / PATH_POINTS);
        for (int day = step; day < longest + step; day += step) {
            int index = Math.min(day, longest) - 1;
            var values = remains.stream()
                    .mapToDouble(future -> index < future.length ? future[index] : 0)
                    .sorted()
                    .toArray();
            path.add(new Left(lastDay.plusDays(index + 1L), values[at(TAIL)], values[at(0.5)], values[at(1 - TAIL)]));
        }
        return path;
    }

    /** The days seen, in one or two kinds. */
    private static final class Kinds {
        private final double[] workdays;
        private final double @Nullable [] weekends;

        private Kinds(double[] workdays, double @Nullable [] weekends) {
            this.workdays = workdays;
            this.weekends = weekends;
        }

        static Kinds of(LocalDate lastDay, double[] days) {
            var first = lastDay.minusDays(days.length - 1L);
            var workdays = new ArrayList<Double>();
            var weekends = new ArrayList<Double>();
            for (int day = 0; day < days.length; day++) {
                (isWeekend(first.plusDays(day)) ? weekends : workdays).add(days[day]);
            }
            return weekends.size() < FEWEST_OF_A_KIND || workdays.size() < FEWEST_OF_A_KIND
                    ? new Kinds(days, null)
                    : new Kinds(array(workdays), array(weekends));
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        Kinds resampled(RandomGenerator random) {
            return new Kinds(resampled(workdays, random), weekends == null ? null : resampled(weekends, random));
        }

        private static double[] resampled(double[] days, RandomGenerator random) {
            var drawn = new double[days.length - 1];
            for (int day = 0; day < drawn.length; day++) {
                drawn[day] = days[random.nextInt(days.length)];
            }
            return drawn;
        }

        /** What is left at the end of each coming day, until nothing is. */
        double[] live(LocalDate lastDay, double left, RandomGenerator random) {
            var remains = new double[HORIZON_DAYS];
            double now = left;
            for (int day = 0; day < HORIZON_DAYS; day++) {
                var kind = weekends != null && isWeekend(lastDay.plusDays(day + 1L)) ? weekends : workdays;
                now = Math.max(0, now - kind[random.nextInt(kind.length)]);
                remains[day] = now;
                if (now == 0) {
                    return Arrays.copyOf(remains, day + 1);
                }
            }
            return remains;
        }

        private static boolean isWeekend(LocalDate day) {
            return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        }
    }
}
