package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangePointTest {
    @Test
    void the_law_of_the_statistic_is_the_published_one_of_kolmogorov() {
        // Smirnov 1948, Annals of Mathematical Statistics 19, 279-281
        assertThat(ChangePoint.exceeded(1.2238)).isCloseTo(0.10, within(1e-4));
        assertThat(ChangePoint.exceeded(1.3581)).isCloseTo(0.05, within(1e-4));
        assertThat(ChangePoint.exceeded(1.6276)).isCloseTo(0.01, within(1e-4));
        assertThat(ChangePoint.exceeded(1.9495)).isCloseTo(0.001, within(1e-5));
        assertThat(ChangePoint.exceeded(0)).isOne();
    }

    @Test
    void a_fall_is_found_where_it_is_and_a_rise_is_no_fall() {
        var values = new double[200];
        var risen = new double[200];
        for (int index = 0; index < values.length; index++) {
            // nine in ten before, four in ten after
            values[index] = index < 120 ? (index % 10 == 0 ? 0 : 1) : index % 10 < 4 ? 1 : 0;
            risen[index] = 1 - values[index];
        }
        var change = ChangePoint.of(values).orElseThrow();
        assertThat(change.first()).isBetween(115, 125);
        assertThat(change.before()).isCloseTo(0.9, within(0.03));
        assertThat(change.after()).isCloseTo(0.4, within(0.05));
        assertThat(change.fell()).isTrue();
        assertThat(ChangePoint.of(risen).orElseThrow().found()).isTrue();
        assertThat(ChangePoint.of(risen).orElseThrow().fell()).isFalse();
    }

    @Test
    void a_change_at_the_very_end_of_the_series_is_looked_for_too() {
        var values = new double[400];
        for (int index = 0; index < values.length; index++) {
            values[index] = index < 370 ? 1 : 0;
        }
        assertThat(ChangePoint.of(values).orElseThrow().first()).isEqualTo(370);
        assertThat(ChangePoint.of(values).orElseThrow().fell()).isTrue();
    }

    @Test
    void without_a_change_it_is_found_no_more_often_than_it_says_and_too_few_values_say_nothing() {
        var random = new SplittableRandom(7);
        int at5Percent = 0;
        for (int series = 0; series < 2_000; series++) {
            var values = random.doubles(100).map(each -> each < 0.7 ? 1 : 0).toArray();
            at5Percent += ChangePoint.of(values).orElseThrow().pValue() < 0.05 ? 1 : 0;
        }
        assertThat(at5Percent).isLessThan(110);
        assertThat(ChangePoint.of(new double[29])).isEmpty();
        assertThat(ChangePoint.of(new double[30]).orElseThrow().pValue()).isOne();
    }
}
