package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import org.diptych.service.reward.ModelVersion;
import org.diptych.ui.chart.CalibrationPlot;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** How far a version's probabilities can be believed. */
class ReliabilityPanel extends Panel {
    private static final int DECIMALS = 3;
    private static final String NONE = "–";

    ReliabilityPanel(ModelVersion version) {
        super(translate("reliability.title", version.number()));
        says(translate("reliability.help"));
        var bins = ModelCardJson.of(version.card()).reliability();
        if (bins.isEmpty()) {
            body(Parts.text(translate("reliability.none"), "muted", "s"));
            return;
        }
        var plot = new CalibrationPlot(300);
        plot.show(new CalibrationPlot.Data(
                translate("reliability.help"),
                translate("reliability.x"),
                translate("reliability.y"),
                translate("reliability.count"),
                bins));
        body(plot, Parts.foot(translate("reliability.foot")));
        wide(table(version));
    }

    private static FigureTable table(ModelVersion version) {
        var table = new FigureTable(
                Column.words(translate("reliability.head")),
                Column.figures(translate("models.column.accuracy")),
                Column.figures(translate("reliability.error")),
                Column.figures(translate("reliability.brier")),
                Column.figures(translate("reliability.temperature")),
                Column.figures(translate("reliability.tie")));
        for (var row : ModelCardJson.of(version.card()).calibrations()) {
            table.row(
                    row.dimension().isEmpty() ? translate("reliability.overall") : row.dimension(),
                    known(row.accuracy()) ? Figures.percent(row.accuracy()) : NONE,
                    figure(row.error()),
                    figure(row.brier()),
                    figure(1 / row.slope()),
                    figure(row.eta()));
        }
        return table;
    }

    private static String figure(double value) {
        return known(value) ? Figures.decimals(value, DECIMALS) : NONE;
    }

    private static boolean known(double value) {
        return Double.isFinite(value);
    }
}
