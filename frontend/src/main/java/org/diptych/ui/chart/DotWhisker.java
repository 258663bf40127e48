package org.diptych.ui.chart;

import com.vaadin.flow.component.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates with their 95 % intervals, one row a category. */
@Tag("dot-whisker")
public class DotWhisker extends Chart<DotWhisker.Data> {
    /** An empty chart, as high as its rows. */
    public DotWhisker() {
        super("chart.undefined");
    }

    /**
     * What the chart holds.
     *
     * @param finding what the chart shows, said in a sentence
     * @param format how numbers are written
     * @param low smallest value the axis may show, or null
     * @param high largest value the axis may show, or null
     * @param rows categories
     * @param reference value to compare with, or null
     */
    public record Data(
            String finding,
            NumberStyle format,
            @Nullable Double low,
            @Nullable Double high,
            List<Row> rows,
            @Nullable Double reference) {
        /** With nothing to compare with. */
        public Data(String finding, NumberStyle format, @Nullable Double low, @Nullable Double high, List<Row> rows) {
            this(finding, format, low, high, rows, null);
        }
    }

    /**
     * A category.
     *
     * @param label its name
     * @param note its n, or null
     * @param estimates what was estimated for it
     */
    public record Row(String label, @Nullable String note, List<Estimate> estimates) {}

    /**
     * An estimate.
     *
     * @param name what was estimated
     * @param tone what it is
     * @param value estimate, or null when it is undefined
     * @param low lower end of the 95 % interval, or null
     * @param high upper end of the 95 % interval, or null
     * @param text written beside it; the reason when it is undefined
     */
    public record Estimate(
            String name,
            Tone tone,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            String text) {}
}
