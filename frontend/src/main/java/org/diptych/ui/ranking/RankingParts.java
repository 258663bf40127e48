package org.diptych.ui.ranking;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.diptych.service.ranking.CampaignRanking;
import org.diptych.service.ranking.CampaignRanking.Cell;
import org.diptych.service.ranking.CampaignRanking.Dimension;
import org.diptych.service.ranking.CampaignRanking.Figure;
import org.diptych.service.ranking.CampaignRanking.Model;
import org.diptych.ui.chart.DotWhisker;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** The chart and the tables of a ranking. */
final class RankingParts {
    /** A share of fewer comparisons says nothing. */
    private static final int FEWEST_FOR_A_SHARE = 30;

    private RankingParts() {}

    /** How often each model is preferred to the mean model, the strongest above. */
    static Component chart(Dimension dimension) {
        var chart = new DotWhisker();
        var first = dimension.models().getFirst();
        var preferred = first.preferred();
        chart.show(new DotWhisker.Data(
                preferred == null
                        ? ""
                        : translate(
                                "ranking.finding",
                                first.model(),
                                Figures.percent(preferred.value()),
                                interval(preferred)),
                NumberStyle.PERCENT,
                0.0,
                1.0,
                dimension.models().stream().map(RankingParts::row).toList()));
        return chart;
    }

    private static DotWhisker.Row row(Model model) {
        var preferred = model.preferred();
        return new DotWhisker.Row(
                model.model(),
                "n = " + Figures.count(Math.round(model.comparisons())),
                preferred == null
                        ? List.of()
                        : List.of(new DotWhisker.Estimate(
                                translate("ranking.preferred"),
                                Tone.FIRST,
                                preferred.value(),
                                preferred.low(),
                                preferred.high(),
                                Figures.percent(preferred.value()) + ", " + interval(preferred))));
    }

    private static String interval(Figure share) {
        return Figures.interval(Figures.percent(share.low()), Figures.percent(share.high()));
    }

    /** Every figure of every model. */
    static Component table(Dimension dimension) {
        var table = new FigureTable(
                Column.figures(translate("ranking.rank")),
                Column.words(translate("ranking.model")),
                Column.figures(translate("ranking.preferred")),
                Column.figures(translate("ranking.strength")),
                Column.figures(translate("ranking.wins")),
                Column.figures(translate("ranking.ties")),
                Column.figures(translate("ranking.losses")));
        for (var model : dimension.models()) {
            table.row(
                    rank(model.rank()),
                    written(model.model(), "strong"),
                    figure(model.preferred(), true),
                    figure(model.strength(), false),
                    count(model.wins()),
                    count(model.ties()),
                    count(model.losses()));
        }
        return table;
    }

    private static Component rank(@Nullable Figure rank) {
        if (rank == null) {
            return text("–", "faint");
        }
        var low = Figures.count(Math.round(rank.low()));
        var high = Figures.count(Math.round(rank.high()));
        var place = text(Figures.count(Math.round(rank.value())), "strong");
        return low.equals(high) ? place : new Div(place, box("sub2 nowrap", text(Figures.interval(low, high))));
    }

    private static Component figure(@Nullable Figure figure, boolean share) {
        if (figure == null) {
            return text("–", "faint");
        }
        return new Div(
                text(share ? Figures.percent(figure.value()) : Figures.coefficient(figure.value())),
                box(
                        "sub2 nowrap",
                        text(
                                share
                                        ? interval(figure)
                                        : Figures.interval(
                                                Figures.coefficient(figure.low()),
                                                Figures.coefficient(figure.high())))));
    }

    /** Whole where every judgement counts, with a decimal where a pair is shared among verdicts. */
    private static String count(double value) {
        return Math.rint(value) == value ? Figures.count(Math.round(value)) : Figures.decimals(value, 1);
    }

    /** Every model against every other: won, neither, lost. */
    static Component matrix(Dimension dimension) {
        var columns = new ArrayList<Column>();
        columns.add(Column.words(translate("ranking.model")));
        dimension.models().forEach(model -> columns.add(Column.figures(model.model())));
        var cells = dimension.matrix().stream()
                .collect(Collectors.toMap(cell -> List.of(cell.model(), cell.against()), cell -> cell));
        var table = new FigureTable(columns.toArray(Column[]::new));
        for (var model : dimension.models()) {
            var row = new ArrayList<Object>();
            row.add(written(model.model(), "strong"));
            for (var other : dimension.models()) {
                row.add(cell(cells.get(List.of(model.model(), other.model()))));
            }
            table.row(row.toArray());
        }
        return table;
    }

    private static Component cell(@Nullable Cell cell) {
        if (cell == null) {
            return text("–", "faint");
        }
        var counts = text(count(cell.wins()) + " · " + count(cell.ties()) + " · " + count(cell.losses()), "nowrap");
        counts.setTitle(translate(
                "ranking.cell",
                cell.model(),
                cell.against(),
                count(cell.wins()),
                count(cell.ties()),
                count(cell.losses())));
        var n = "n = " + count(cell.comparisons());
        return new Div(
                counts,
                box(
                        "sub2 nowrap",
                        text(
                                cell.comparisons() < FEWEST_FOR_A_SHARE
                                        ? n
                                        : Figures.wholePercent((cell.wins() + cell.ties() / 2) / cell.comparisons())
                                                + ", " + n)));
    }

    /** Models against categories. */
    static Component categories(Dimension dimension, List<CampaignRanking> each) {
        var columns = new ArrayList<Column>();
        columns.add(Column.words(translate("ranking.model")));
        each.forEach(ranking -> columns.add(Column.figures(String.valueOf(ranking.category()))));
        var table = new FigureTable(columns.toArray(Column[]::new));
        for (var model : dimension.models()) {
            var row = new ArrayList<Object>();
            row.add(written(model.model(), "strong"));
            for (var ranking : each) {
                row.add(figure(
                        ranking.dimensions().getFirst().models().stream()
                                .filter(known -> known.model().equals(model.model()))
                                .findFirst()
                                .map(Model::preferred)
                                .orElse(null),
                        true));
            }
            table.row(row.toArray());
        }
        return table;
    }
}
