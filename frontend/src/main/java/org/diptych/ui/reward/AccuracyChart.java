package org.diptych.ui.reward;

import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.diptych.service.reward.ModelVersion;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.chart.LineBandChart.Axis;
import org.diptych.ui.chart.LineBandChart.Point;
import org.diptych.ui.chart.LineBandChart.Series;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.Figures;

/** Held-out accuracy of the model versions with intervals, against always naming the commonest verdict. */
public class AccuracyChart extends Div {
    private final LineBandChart chart;
    private final Div empty;

    /** A chart of the given height in pixels. */
    public AccuracyChart(int height) {
        chart = new LineBandChart(height);
        empty = box(
                "empty",
                new H2(getTranslation("accuracy.empty")),
                new Paragraph(getTranslation("accuracy.empty.help")));
        add(chart, empty);
    }

    /** Draws the versions. */
    public void show(List<ModelVersion> versions) {
        var measured = versions.stream()
                .filter(version -> version.accuracy() != null)
                .sorted(Comparator.comparingInt(ModelVersion::number))
                .toList();
        chart.setVisible(!measured.isEmpty());
        empty.setVisible(measured.isEmpty());
        if (measured.isEmpty()) {
            return;
        }
        var accuracy = measured.stream()
                .map(version -> new Point(
                        version.number(),
                        Objects.requireNonNull(version.accuracy()),
                        version.accuracyLow(),
                        version.accuracyHigh(),
                        place(version)))
                .toList();
        var majority = measured.stream()
                .filter(version -> version.majorityRate() != null)
                .map(version -> new Point(
                        version.number(), Objects.requireNonNull(version.majorityRate()), null, null, place(version)))
                .toList();
        var newest = measured.getLast();
        chart.show(new LineBandChart.Data(
                getTranslation(
                        "accuracy.finding",
                        newest.number(),
                        Figures.percent(Objects.requireNonNull(newest.accuracy())),
                        Figures.count(newest.evaluatedPairs())),
                new Axis(getTranslation("accuracy.x"), NumberStyle.INTEGER, null, null),
                new Axis(getTranslation("accuracy.y"), NumberStyle.PERCENT, 0.0, 1.0),
                List.of(
                        new Series(getTranslation("accuracy.model"), Tone.FIRST, false, true, accuracy),
                        new Series(getTranslation("accuracy.majority"), Tone.BASELINE, true, false, majority)),
                List.of()));
    }

    private String place(ModelVersion version) {
        return getTranslation("accuracy.point", version.number(), Figures.count(version.labels()));
    }
}
