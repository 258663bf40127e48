package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.figure;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.diptych.protocol.Verdict;
import org.diptych.service.conduct.WorkFigures;
import org.diptych.service.quality.GoldAccuracy;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.chart.BarChart;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;
import org.jspecify.annotations.Nullable;

/** An annotator's figures: the same for leads and for the annotator. */
class WorkPanels extends Div {
    private final WorkFigures figures;
    private final DimensionNames names;
    private final ZoneId zone;

    WorkPanels(WorkFigures figures, DimensionNames names, ZoneId zone) {
        this.figures = figures;
        this.names = names;
        this.zone = zone;
        addClassName("stack");
        add(headline(), box("cols two", dimensions(), confusion()), box("cols two", pace(), drift()), basis());
    }

    private Component headline() {
        var kpis = box("kpis");
        kpis.add(
                gold(figures.gold()),
                agreement(),
                sides(figures.sides()),
                figure(
                        getTranslation("conduct.ties"),
                        share(figures.ties(), figures.answers()),
                        getTranslation(
                                "conduct.ties.of", Figures.count(figures.ties()), Figures.count(figures.answers()))),
                figure(
                        getTranslation("conduct.skips"),
                        Figures.count(figures.skips()),
                        getTranslation("conduct.flags", Figures.count(figures.flags()))));
        return kpis;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "–" : Figures.percent((double) part / whole);
    }

    private Component gold(@Nullable GoldAccuracy gold) {
        return gold == null
                ? figure(getTranslation("conduct.gold"), "–", getTranslation("conduct.gold.few"))
                : figure(
                        getTranslation("conduct.gold"),
                        Figures.percent(gold.mean()),
                        getTranslation(
                                "conduct.of",
                                Figures.interval(Figures.percent(gold.low()), Figures.percent(gold.high())),
                                Figures.count(gold.answers())));
    }

    private Component agreement() {
        var overall =
                figures.dimensions().isEmpty() ? null : figures.dimensions().getFirst();
        var agreement = overall == null ? null : overall.agreement();
        return overall == null || agreement == null
                ? figure(getTranslation("conduct.agreement"), "–", few())
                : figure(
                        getTranslation("conduct.agreement"),
                        Figures.percent(agreement.value()),
                        getTranslation("conduct.of", interval(agreement), Figures.count(overall.cases())));
    }

    private String few() {
        return getTranslation("conduct.pairs.few", Figures.count(figures.neededPairs()));
    }

    private Component sides(WorkFigures.@Nullable Sides sides) {
        return sides == null
                ? figure(getTranslation("conduct.sides"), "–", getTranslation("conduct.sides.none"))
                : figure(
                        getTranslation("conduct.sides"),
                        Figures.percent(sides.share().value()),
                        getTranslation(
                                "conduct.sides.of",
                                interval(sides.share()),
                                Figures.count(sides.decided()),
                                Figures.probability(sides.pValue())));
    }

    private static String interval(WorkFigures.Share share) {
        return Figures.interval(Figures.percent(share.low()), Figures.percent(share.high()));
    }

    private Component dimensions() {
        var panel = new Panel(getTranslation("conduct.dimensions")).says(getTranslation("conduct.dimensions.help"));
        if (figures.dimensions().isEmpty()) {
            return panel.body(text(few(), "muted", "s"));
        }
        var table = new FigureTable(
                Column.words(getTranslation("conduct.dimension")),
                Column.figures(getTranslation("conduct.reliability")),
                Column.figures(getTranslation("conduct.agreement")),
                Column.figures(getTranslation("conduct.pairs")));
        figures.dimensions()
                .forEach(each -> table.row(
                        names.of(each.id()),
                        estimate(each.reliability()),
                        estimate(each.agreement()),
                        Figures.count(each.cases())));
        return panel.wide(table);
    }

    private static Component estimate(WorkFigures.@Nullable Share share) {
        return share == null
                ? text("–", "faint")
                : new Div(text(Figures.percent(share.value()), "strong"), box("sub2", text(interval(share), "nowrap")));
    }

    private Component confusion() {
        var panel = new Panel(getTranslation("conduct.confusion")).says(getTranslation("conduct.confusion.help"));
        if (figures.dimensions().isEmpty()) {
            return panel.body(text(few(), "muted", "s"));
        }
        var columns = new ArrayList<Column>();
        columns.add(Column.words(getTranslation("conduct.own")));
        for (var verdict : Verdict.values()) {
            columns.add(Column.figures(word(verdict)));
        }
        var table = new FigureTable(columns.toArray(Column[]::new));
        for (var own : Verdict.values()) {
            var cells = new ArrayList<Object>(List.of(word(own)));
            figures.dimensions()
                    .getFirst()
                    .confusion()
                    .get(own.ordinal())
                    .forEach(count -> cells.add(Figures.count(count)));
            table.row(cells.toArray());
        }
        return panel.wide(table);
    }

    private String word(Verdict verdict) {
        return getTranslation("known.verdict." + verdict.name().toLowerCase(Locale.ROOT));
    }

    private Component pace() {
        var panel = new Panel(getTranslation("conduct.pace"));
        var pace = figures.pace();
        if (pace == null) {
            return panel.body(text(getTranslation("conduct.pace.none"), "muted", "s"));
        }
        var said = getTranslation("conduct.pace.median", Figures.decimals(pace.medianSeconds(), 1));
        var chart = new BarChart(180);
        var bars = new ArrayList<BarChart.Bar>();
        for (int bin = 0; bin < pace.bins().size(); bin++) {
            var from = pace.bins().get(bin).from();
            bars.add(new BarChart.Bar(
                    bin + 1 < pace.bins().size()
                            ? from + "–" + pace.bins().get(bin + 1).from()
                            : from + "+",
                    pace.bins().get(bin).answers()));
        }
        chart.show(new BarChart.Data(
                said, getTranslation("conduct.pace.seconds"), getTranslation("overview.labels"), List.copyOf(bars)));
        return panel.says(said).body(chart);
    }

    private Component drift() {
        var panel = new Panel(getTranslation("conduct.drift"));
        var drift = figures.drift();
        if (drift == null) {
            return panel.body(
                    new Paragraph(getTranslation("conduct.drift.few", Figures.count(figures.neededForDrift()))));
        }
        var key = !drift.found()
                ? "conduct.drift.none"
                : drift.after() < drift.before() ? "conduct.drift.fell" : "conduct.drift.rose";
        return panel.body(new Paragraph(getTranslation(
                key,
                Figures.moment(drift.at(), zone),
                Figures.percent(drift.before()),
                Figures.percent(drift.after()),
                Figures.count(drift.pairs()),
                Figures.moment(drift.from(), zone),
                Figures.moment(drift.to(), zone),
                Figures.probability(drift.pValue()))));
    }

    private Component basis() {
        var until = Figures.moment(Objects.requireNonNull(figures.until()), zone);
        return foot(getTranslation(
                figures.cut() ? "conduct.basis.cut" : "conduct.basis", Figures.count(figures.labels()), until));
    }
}
