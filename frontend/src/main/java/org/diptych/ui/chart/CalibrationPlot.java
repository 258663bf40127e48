package org.diptych.ui.chart;

import com.vaadin.flow.component.Tag;
import java.util.List;

/** Predicted probabilities against what people answered. */
@Tag("calibration-plot")
public class CalibrationPlot extends Chart<CalibrationPlot.Data> {
    /** A plot of the given height in pixels. */
    public CalibrationPlot(int height) {
        super("chart.few");
        setHeight(height);
    }

    /**
     * What the plot holds.
     *
     * @param finding what it shows, said in a sentence
     * @param xName what is predicted
     * @param yName what was observed
     * @param countName what is counted
     * @param bins bins of predicted probability, in order
     */
    public record Data(String finding, String xName, String yName, String countName, List<Bin> bins) {}

    /**
     * A bin.
     *
     * @param predicted mean predicted probability
     * @param observed share observed
     * @param low lower end of its 95 % Wilson interval
     * @param high upper end of its 95 % Wilson interval
     * @param count number of answers
     */
    public record Bin(double predicted, double observed, double low, double high, double count) {
        private static final double Z = 1.959964;

        /** A bin with its Wilson interval (Wilson, JASA 1927). */
        public static Bin of(double predicted, double observed, double count) {
            double shrink = 1 + Z * Z / count;
            double middle = (observed + Z * Z / (2 * count)) / shrink;
            double half = Z * Math.sqrt(observed * (1 - observed) / count + Z * Z / (4 * count * count)) / shrink;
            return new Bin(predicted, observed, middle - half, middle + half, count);
        }
    }
}
