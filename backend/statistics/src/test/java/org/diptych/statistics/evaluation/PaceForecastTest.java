package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class PaceForecastTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 27);

    /** How often the day on which simulated work really ends lies in the interval. */
    private static double coverage(int daysSeen, double left, ToDoubleBiFunction<LocalDate, SplittableRandom> pace) {
        int trials = 300;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            var random = new SplittableRandom(trial);
            var seen = new double[daysSeen];
            for (int day = 0; day < daysSeen; day++) {
                seen[day] = pace.applyAsDouble(LAST_DAY.minusDays(daysSeen - 1L - day), random);
            }
            var end = LAST_DAY;
            for (double remaining = left; remaining > 0; ) {
                end = end.plusDays(1);
                remaining -= pace.applyAsDouble(end, random);
            }
            var forecast = PaceForecast.of(LAST_DAY, seen, left, new SplittableRandom(1_000 + trial));
            if (forecast.isPresent()
                    && !end.isBefore(forecast.get().low())
                    && (forecast.get().high() == null
                            || !end.isAfter(forecast.get().high()))) {
                covered++;
            }
        }
        return (double) covered / trials;
    }

    private static double around(double mean, SplittableRandom random) {
        return Math.max(0, mean + mean * 0.4 * random.nextGaussian());
    }

    @Test
    void the_interval_holds_the_true_end_about_as_often_as_it_says() {
        assertThat(coverage(14, 2_000, (day, random) -> around(100, random))).isBetween(0.90, 0.995);
        assertThat(coverage(42, 2_000, (day, random) -> around(100, random))).isBetween(0.92, 0.995);
    }

    @Test
    void nobody_works_at_weekends_and_the_interval_knows() {
        ToDoubleBiFunction<LocalDate, SplittableRandom> workweek =
                (day, random) -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? 0 : around(100, random);

        assertThat(coverage(28, 1_000, workweek)).isBetween(0.90, 1.0);
    }

    @Test
    void one_week_that_was_seen_makes_a_wider_interval_than_six() {
        assertThat(coverage(8, 1_000, (day, random) -> around(100, random))).isBetween(0.84, 0.995);
        assertThat(width(8)).isGreaterThan(width(42));
    }

    private static long width(int daysSeen) {
        var random = new SplittableRandom(5);
        var seen = random.doubles(daysSeen, 50, 150).toArray();
        var forecast = PaceForecast.of(LAST_DAY, seen, 3_000, random).orElseThrow();
        return java.util.Objects.requireNonNull(forecast.high()).toEpochDay()
                - forecast.low().toEpochDay();
    }

    @Test
    void few_days_or_nothing_left_make_no_forecast() {
        assertThat(PaceForecast.of(LAST_DAY, new double[] {9, 9, 9, 9, 9, 9}, 10, new SplittableRandom(1)))
                .isEmpty();
        assertThat(PaceForecast.of(LAST_DAY, new double[] {0, 0, 0, 0, 0, 0, 0, 5}, 10, new SplittableRandom(1)))
                .isEmpty();
        assertThat(PaceForecast.of(LAST_DAY, new double[] {9, 9, 9, 9, 9, 9, 9}, 0, new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void what_is_left_falls_and_its_band_holds_the_median() {
        var seen = new SplittableRandom(5).doubles(20, 50, 150).toArray();
        var path = PaceForecast.of(LAST_DAY, seen, 3_000, new SplittableRandom(6))
                .orElseThrow()
                .path();

        assertThat(path)
                .hasSizeBetween(20, 60)
                .allSatisfy(point -> assertThat(point.median()).isBetween(point.low(), point.high()));
        assertThat(path.getLast().median()).isZero();
        assertThat(path.getFirst().high()).isLessThan(3_000);
    }

    @Test
    void an_end_that_may_never_come_has_no_upper_date() {
        var forecast = PaceForecast.of(LAST_DAY, new double[] {1, 0, 2, 1, 0, 1, 3}, 100_000, new SplittableRandom(1))
                .orElseThrow();

        assertThat(forecast.high()).isNull();
    }
}
