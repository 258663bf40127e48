package org.diptych.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationPlotTest {
    @Test
    void eight_of_ten_have_the_published_wilson_interval() {
        // Agresti and Coull, The American Statistician 52 (1998), score interval
        var bin = CalibrationPlot.Bin.of(0.75, 0.8, 10);

        assertThat(bin.low()).isCloseTo(0.490, within(0.0005));
        assertThat(bin.high()).isCloseTo(0.943, within(0.0005));
    }

    @Test
    void an_interval_stays_within_0_and_1_where_everybody_agrees() {
        assertThat(CalibrationPlot.Bin.of(0.95, 1, 4).high()).isCloseTo(1, within(1e-12));
        assertThat(CalibrationPlot.Bin.of(0.05, 0, 4).low()).isCloseTo(0, within(1e-12));
    }
}
