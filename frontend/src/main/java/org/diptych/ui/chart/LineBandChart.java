package org.diptych.ui.chart;

import com.vaadin.flow.component.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines over time or a count, each with a 95 % band where it has one. */
@Tag("line-band-chart")
public class LineBandChart extends Chart<LineBandChart.Data> {
    /** A chart of the given height in pixels. */
    public LineBandChart(int height) {
        super("chart.few");
        setHeight(height);
    }

    /**
     * What the chart holds.
     *
     * @param finding what the chart shows, said in a sentence
     * @param x horizontal axis
     * @param y vertical axis
     * @param series lines
     * @param references horizontal lines to compare with
     */
    public record Data(String finding, Axis x, Axis y, List<Series> series, List<Reference> references) {}

    /**
     * An axis.
     *
     * @param name what it counts, with its unit
     * @param format how numbers are written
     * @param low smallest value it may show, or null
     * @param high largest value it may show, or null
     */
    public record Axis(
            String name,
            NumberStyle format,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * A line.
     *
     * @param name written at its end
     * @param tone what it is
     * @param dashed whether it is only there to compare with
     * @param marks whether every point is marked, with a whisker in place of the band
     * @param points in order of x
     */
    public record Series(String name, Tone tone, boolean dashed, boolean marks, List<Point> points) {}

    /**
     * A point of a line.
     *
     * @param x place on the horizontal axis
     * @param y estimate
     * @param low lower end of the 95 % interval, or null
     * @param high upper end of the 95 % interval, or null
     * @param label how the place is called in the table, or null for the number
     */
    public record Point(
            double x,
            double y,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable String label) {}

    /**
     * A horizontal line to compare with.
     *
     * @param y height
     * @param name written at its end
     */
    public record Reference(double y, String name) {}
}
