package org.diptych.ui.agreement;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFigures.AnnotatorFigures;
import org.diptych.service.agreement.AgreementFigures.Group;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.ui.chart.BarChart;
import org.diptych.ui.chart.DotWhisker;
import org.diptych.ui.chart.HeatMatrix;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** Figures as the charts take them. */
final class AgreementCharts {
    /** More rows or columns than these are no picture; the download of the report has all. */
    static final int MOST_ROWS = 20;

    static final int MOST_NAMES = 24;
    private static final int BINS = 10;

    private final AgreementFigures figures;
    private final DimensionNames names;

    AgreementCharts(AgreementFigures figures, DimensionNames names) {
        this.figures = figures;
        this.names = names;
    }

    private String dimension() {
        return shortName(names.of(figures.basis().dimension()));
    }

    LineBandChart.Data weeks() {
        var series = new ArrayList<LineBandChart.Series>();
        for (var place = 0; place < figures.dimensions().size(); place++) {
            var dimension = figures.dimensions().get(place).dimension();
            var points = new ArrayList<LineBandChart.Point>();
            for (var week : figures.weeks()) {
                var alpha = week.dimensions().get(place).alpha();
                var value = alpha.value();
                if (value != null) {
                    points.add(new LineBandChart.Point(
                            week.monday().toEpochDay(), value, alpha.low(), alpha.high(), null));
                }
            }
            series.add(new LineBandChart.Series(
                    shortName(names.of(dimension)), AgreementHero.tone(dimension, place), false, false, points));
        }
        return new LineBandChart.Data(
                translate("agreement.weeks"),
                new LineBandChart.Axis(translate("agreement.week"), NumberStyle.DATE, null, null),
                new LineBandChart.Axis(translate("agreement.alpha"), NumberStyle.DECIMAL, -1.0, 1.0),
                series,
                List.of());
    }

    DotWhisker.Data strata() {
        var rows = new ArrayList<DotWhisker.Row>();
        for (var place = 0; place < figures.dimensions().size(); place++) {
            var dimension = figures.dimensions().get(place).dimension();
            var estimates = new ArrayList<DotWhisker.Estimate>();
            for (var stratum : figures.strata()) {
                if (!stratum.stratum().equals("all")) {
                    var reading = stratum.dimensions().get(place);
                    var name = translate("stratum." + stratum.stratum());
                    estimates.add(estimate(
                            name,
                            stratum.stratum().equals("uniform") ? AgreementHero.tone(dimension, place) : Tone.BASELINE,
                            reading.alpha(),
                            reading.pairable() == 0
                                    ? translate("agreement.notenough", name)
                                    : value(reading.alpha()) + " " + name.toLowerCase(Locale.ROOT)));
                }
            }
            rows.add(new DotWhisker.Row(shortName(names.of(dimension)), null, estimates));
        }
        return new DotWhisker.Data(translate("agreement.strata"), NumberStyle.DECIMAL, -1.0, 1.0, rows);
    }

    /** Alpha and Gwet's coefficient of parts of the pairs, exact agreement beside them. */
    DotWhisker.Data groups(String by) {
        var rows = figures.groups().getOrDefault(by, List.of()).stream()
                .limit(MOST_ROWS)
                .map(group -> new DotWhisker.Row(
                        name(by, group.name()),
                        translate("agreement.pairs", Figures.count(group.pairs())),
                        List.of(
                                estimate(
                                        translate("agreement.alpha"),
                                        Tone.FIRST,
                                        group.reading().alpha(),
                                        group.reading().alpha().value() == null
                                                ? translate(
                                                        group.pairs() == 0
                                                                ? "agreement.notcompared"
                                                                : "agreement.undefined")
                                                : value(group.reading().alpha())),
                                estimate(gwet(), Tone.OVERALL, group.reading().gwet(), percent(group)))))
                .toList();
        return new DotWhisker.Data(translate("agreement.by." + by), NumberStyle.DECIMAL, -1.0, 1.0, rows);
    }

    private static String percent(Group group) {
        var percent = group.reading().percent().value();
        return percent == null
                ? ""
                : value(group.reading().gwet()) + " · " + translate("agreement.same", Figures.wholePercent(percent));
    }

    String gwet() {
        return translate(figures.basis().level().equals("ordinal") ? "agreement.ac2" : "agreement.ac1");
    }

    private static String name(String by, String group) {
        return by.equals("language")
                ? Locale.forLanguageTag(group).getDisplayLanguage(Locale.forLanguageTag(group))
                : group;
    }

    HeatMatrix.Data confusion() {
        var confusion = figures.confusion();
        var values = confusion.values();
        var written = values.stream().map(Written::answer).toList();
        var cells = new ArrayList<HeatMatrix.Cell>();
        for (var row = 0; row < values.size(); row++) {
            var line = confusion.coincidences().get(row);
            double all = 0;
            for (var each : line) {
                all += each;
            }
            for (var column = 0; column < values.size() && all > 0; column++) {
                var share = line.get(column) / all;
                cells.add(new HeatMatrix.Cell(
                        row,
                        column,
                        share,
                        Figures.wholePercent(share),
                        translate(
                                "agreement.confusion.cell",
                                written.get(row),
                                written.get(column),
                                Figures.percent(share),
                                Figures.count(Math.round(all))),
                        null,
                        null,
                        line.get(column),
                        false));
            }
        }
        return new HeatMatrix.Data(
                translate("agreement.confusion", dimension()),
                written,
                written,
                List.of(0.03, 0.1, 0.2, 0.4, 0.6, 0.7),
                false,
                null,
                cells);
    }

    DotWhisker.Data split() {
        var rows = figures.confusion().split().stream()
                .map(part -> new DotWhisker.Row(
                        translate("agreement.split." + part.kind()),
                        null,
                        List.of(new DotWhisker.Estimate(
                                translate("agreement.share"),
                                Tone.FIRST,
                                part.share(),
                                part.low(),
                                part.high(),
                                Figures.percent(part.share())))))
                .toList();
        return new DotWhisker.Data(translate("agreement.split"), NumberStyle.PERCENT, 0.0, 1.0, rows);
    }

    BarChart.Data histogram() {
        var counts = figures.confusion().histogram();
        var bars = IntStream.range(0, counts.size())
                .mapToObj(bin -> new BarChart.Bar(
                        bin == BINS ? Figures.wholePercent(1) : Figures.wholePercent(bin / (double) BINS) + "+",
                        counts.get(bin)))
                .toList();
        return new BarChart.Data(
                translate("agreement.histogram"),
                translate("agreement.histogram.x"),
                translate("agreement.histogram.y"),
                bars);
    }

    HeatMatrix.Data matrix() {
        var shown = figures.annotators().stream()
                .limit(MOST_NAMES)
                .map(annotator -> annotator.person().displayName())
                .toList();
        var cells = new ArrayList<HeatMatrix.Cell>();
        for (var cell : figures.matrix()) {
            var value = cell.alpha().value();
            if (value != null && cell.second() < shown.size()) {
                cells.add(cell(cell, value, cell.first(), cell.second(), shown));
                cells.add(cell(cell, value, cell.second(), cell.first(), shown));
            }
        }
        return new HeatMatrix.Data(
                translate("agreement.matrix"),
                shown,
                shown,
                List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75),
                true,
                translate("agreement.matrix.choose"),
                cells);
    }

    private static HeatMatrix.Cell cell(
            AgreementFigures.Cell cell, double value, int row, int column, List<String> shown) {
        return new HeatMatrix.Cell(
                row,
                column,
                value,
                Figures.coefficient(value),
                translate(
                        "agreement.matrix.cell",
                        shown.get(row),
                        shown.get(column),
                        Written.coefficient(cell.alpha()),
                        Figures.count(cell.shared())),
                cell.alpha().low(),
                cell.alpha().high(),
                (double) cell.shared(),
                cell.low());
    }

    DotWhisker.Data sides() {
        var rows = new ArrayList<DotWhisker.Row>();
        var all = figures.sides();
        if (all != null) {
            rows.add(side(translate("agreement.everybody"), all, Tone.FIRST));
        }
        figures.annotators().stream()
                .filter(annotator -> annotator.sides() != null)
                .sorted(Comparator.comparingDouble(
                        annotator -> Objects.requireNonNull(annotator.sides()).pValue()))
                .limit(MOST_ROWS)
                .forEach(annotator -> rows.add(side(
                        annotator.person().displayName(), Objects.requireNonNull(annotator.sides()), Tone.BASELINE)));
        return new DotWhisker.Data(translate("agreement.sides"), NumberStyle.PERCENT, 0.0, 1.0, rows, 0.5);
    }

    private static DotWhisker.Row side(String name, AgreementFigures.Sides sides, Tone tone) {
        var share = Figures.percent(sides.share());
        return new DotWhisker.Row(
                name,
                translate("agreement.decided", Figures.count(sides.decided())),
                List.of(new DotWhisker.Estimate(
                        translate("agreement.left"),
                        sides.pValue() < 0.05 ? Tone.OVERALL : tone,
                        sides.share(),
                        sides.low(),
                        sides.high(),
                        share + ", " + Written.p(sides.pValue()))));
    }

    /** Alpha without each annotator, those first without whom it would be highest. */
    DotWhisker.Data influence(@Nullable Double whole) {
        var rows = figures.annotators().stream()
                .filter(annotator -> without(annotator) > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble(AgreementCharts::without).reversed())
                .limit(MOST_ROWS)
                .map(annotator -> new DotWhisker.Row(
                        annotator.person().displayName(),
                        null,
                        List.of(estimate(
                                translate("agreement.without"),
                                Tone.FIRST,
                                annotator.without(),
                                value(annotator.without())))))
                .toList();
        return new DotWhisker.Data(translate("agreement.influence"), NumberStyle.DECIMAL, -1.0, 1.0, rows, whole);
    }

    private static double without(AnnotatorFigures annotator) {
        var figure = annotator.without();
        return figure == null || figure.value() == null ? Double.NEGATIVE_INFINITY : figure.value();
    }

    private static DotWhisker.Estimate estimate(String name, Tone tone, @Nullable Figure figure, String text) {
        return figure == null
                ? new DotWhisker.Estimate(name, tone, null, null, null, text)
                : new DotWhisker.Estimate(name, tone, figure.value(), figure.low(), figure.high(), text);
    }

    private static String value(@Nullable Figure figure) {
        return figure == null || figure.value() == null
                ? translate("agreement.undefined")
                : Figures.coefficient(figure.value());
    }

    /** The part before the ampersand: enough beside a chart. */
    static String shortName(String name) {
        int ampersand = name.indexOf(" & ");
        return ampersand > 0 ? name.substring(0, ampersand) : name;
    }
}
