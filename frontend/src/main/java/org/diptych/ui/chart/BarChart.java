package org.diptych.ui.chart;

import com.vaadin.flow.component.Tag;
import java.util.List;

/** Counts side by side. */
@Tag("bar-chart")
public class BarChart extends Chart<BarChart.Data> {
    /** A chart of the given height in pixels. */
    public BarChart(int height) {
        super("chart.nothing");
        setHeight(height);
    }

    /**
     * What the chart holds.
     *
     * @param finding what the chart shows, said in a sentence
     * @param xName what the bars are
     * @param yName what is counted
     * @param bars in order
     */
    public record Data(String finding, String xName, String yName, List<Bar> bars) {}

    /** A count and what it is of. */
    public record Bar(String label, long value) {}
}
