package org.diptych.ui.chart;

import com.vaadin.flow.component.Tag;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Everything against everything, coloured by value. Where nothing is known a cell stays blank. */
@Tag("heat-matrix")
public class HeatMatrix extends Chart<HeatMatrix.Data> {
    /** An empty matrix. */
    public HeatMatrix() {
        super("chart.nothing");
    }

    /** Hears which cell a person chooses, by row and column; without it none can be chosen. */
    public HeatMatrix onChoice(BiConsumer<Integer, Integer> listener) {
        getElement()
                .addEventListener(
                        "cell-chosen",
                        event -> listener.accept(
                                event.getEventData().get("event.detail.row").asInt(),
                                event.getEventData().get("event.detail.column").asInt()))
                .addEventData("event.detail.row")
                .addEventData("event.detail.column");
        return this;
    }

    /**
     * What the matrix holds.
     *
     * @param finding what it shows, said in a sentence
     * @param names of the rows
     * @param heads of the columns, the same things in short
     * @param edges six values at which the next step of the colour begins, ascending
     * @param hollow whether nothing is compared with itself
     * @param choose what choosing a cell does, or null where none can be chosen
     * @param cells what is known
     */
    public record Data(
            String finding,
            List<String> names,
            List<String> heads,
            List<Double> edges,
            boolean hollow,
            @Nullable String choose,
            List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param value that gives the colour
     * @param text written in it
     * @param title the same with its interval and its n, in words
     * @param low lower end of the 95 % interval, or null
     * @param high upper end of the 95 % interval, or null
     * @param count what it was counted from, or null
     * @param marked whether a rule fired
     */
    public record Cell(
            int row,
            int column,
            double value,
            String text,
            String title,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double count,
            boolean marked) {}
}
