package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.text;

import java.util.List;
import org.diptych.service.reward.ModelBenchmark;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** How the versions did on public benchmarks: the published figure beside the corrected one with its interval. */
class BenchmarksPanel extends Panel {
    private static final int DECIMALS = 3;

    BenchmarksPanel(List<ModelBenchmark> measured) {
        super(translate("benchmarks.title"));
        says(translate("benchmarks.help"));
        addClassName("gap");
        var table = new FigureTable(
                Column.words(translate("models.column.version")),
                Column.words(translate("benchmarks.benchmark")),
                Column.words(translate("benchmarks.figure")),
                Column.figures(translate("benchmarks.paper")),
                Column.figures(translate("benchmarks.corrected")),
                Column.words(translate("chart.interval")),
                Column.figures(translate("benchmarks.cases")),
                Column.words(translate("benchmarks.measured")));
        for (var one : measured) {
            table.row(
                    text(translate("models.version", one.version()), "strong"),
                    one.benchmark(),
                    text(one.metric(), "muted"),
                    figure(one.paper()),
                    figure(one.corrected()),
                    text(interval(one), "muted", "nowrap"),
                    Figures.count(one.cases()),
                    text(Figures.moment(one.measuredAt()), "muted", "nowrap"));
        }
        wide(table);
    }

    private static String figure(@Nullable Double value) {
        return value == null ? translate("benchmarks.undefined") : Figures.decimals(value, DECIMALS);
    }

    private static String interval(ModelBenchmark measured) {
        var low = measured.low();
        var high = measured.high();
        return low == null || high == null
                ? ""
                : Figures.interval(Figures.decimals(low, DECIMALS), Figures.decimals(high, DECIMALS));
    }
}
