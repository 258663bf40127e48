package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.legend;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFigures.Disputed;
import org.diptych.service.pair.PairSearch.Found;
import org.diptych.ui.chart.BarChart;
import org.diptych.ui.chart.DotWhisker;
import org.diptych.ui.chart.HeatMatrix;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.jspecify.annotations.Nullable;

/** All panels of the agreement page. New figures are put into the charts that stand there. */
class AgreementPanels extends Div {
    private static final String[] GROUPS = {"category", "model", "model_pair", "version", "language"};

    private final UUID campaign;
    private final AgreementAddress address;
    private final Div hero = new Div();
    private final LineBandChart weeks = new LineBandChart(268);
    private final Div findings = new Div();
    private final DotWhisker strata = new DotWhisker();
    private final DotWhisker groups = new DotWhisker();
    private final SegmentedChoice<String> by;
    private final Div groupLegend = box("legend");
    private final Paragraph groupFoot = foot("");
    private final HeatMatrix confusion = new HeatMatrix();
    private final Paragraph confused = foot("");
    private final DotWhisker split = new DotWhisker();
    private final BarChart histogram = new BarChart(210);
    private final Div between = new Div();
    private final HeatMatrix matrix;
    private final DotWhisker sides = new DotWhisker();
    private final DotWhisker influence = new DotWhisker();
    private final Div model = new Div();
    private final Div people = new Div();
    private final Div disputed = new Div();
    private final Div coefficients = new Div();
    private @Nullable AgreementFigures shown;
    private @Nullable DimensionNames names;

    /**
     * Empty panels.
     *
     * @param report a link to all figures as a file
     * @param chosen told the user names of two annotators whose disputed pairs are wanted
     */
    AgreementPanels(UUID campaign, AgreementAddress address, Anchor report, BiConsumer<String, String> chosen) {
        this.campaign = campaign;
        this.address = address;
        this.by = new SegmentedChoice<>(
                getTranslation("agreement.by"),
                GROUPS[0],
                group -> getTranslation("agreement.by." + group),
                group -> drawGroups(),
                GROUPS);
        this.matrix = new HeatMatrix().onChoice((row, column) -> {
            var annotators = Objects.requireNonNull(shown).annotators();
            if (Math.max(row, column) < annotators.size()) {
                chosen.accept(
                        annotators.get(row).person().name(),
                        annotators.get(column).person().name());
            }
        });
        addClassName("stack");
        add(hero, first(), parts(), differences(), between, pairwise(), influencePanels(), peoplePanel(), last(report));
    }

    private Component first() {
        return columns(
                "three-two",
                panel("agreement.weeks", "agreement.weeks.help").body(weeks),
                panel("agreement.findings", "agreement.findings.help").body(findings));
    }

    private Component parts() {
        return columns(
                "two",
                panel("agreement.strata", "agreement.strata.help").body(strata),
                panel("agreement.groups", "agreement.groups.help").body(by, groupLegend, groups, groupFoot));
    }

    private Component differences() {
        return columns(
                "two",
                panel("agreement.confusion.title", "agreement.confusion.help").body(confusion, confused),
                box(
                        "stack",
                        panel("agreement.split", "agreement.split.help").body(split),
                        panel("agreement.histogram", "agreement.histogram.help").body(histogram)));
    }

    private Component pairwise() {
        return columns(
                "two",
                panel("agreement.matrix", "agreement.matrix.help")
                        .body(matrix, foot(getTranslation("agreement.matrix.foot"))),
                panel("agreement.sides", "agreement.sides.help")
                        .body(sides, foot(getTranslation("agreement.sides.foot"))));
    }

    private Component influencePanels() {
        return columns(
                "two",
                panel("agreement.influence", "agreement.influence.help").body(influence),
                panel("agreement.model.title", "agreement.model.help").body(model));
    }

    private Component peoplePanel() {
        return panel("agreement.people", "agreement.people.help").wide(people);
    }

    private Component last(Anchor report) {
        var methods = new Details(getTranslation("agreement.methods.title"));
        methods.add(new Paragraph(getTranslation("agreement.methods")));
        methods.addClassName("more");
        return box(
                "stack",
                panel("agreement.disputed", "agreement.disputed.help").wide(disputed),
                panel("agreement.table", "agreement.table.help").end(report).wide(coefficients, methods));
    }

    private static Div columns(String kind, Component... parts) {
        return box("cols " + kind, parts);
    }

    private Panel panel(String title, String help) {
        return new Panel(getTranslation(title)).says(getTranslation(help));
    }

    /**
     * Shows figures.
     *
     * @param pairs finds pairs by their ids
     */
    void show(AgreementFigures figures, DimensionNames dimensionNames, Function<List<UUID>, List<Found>> pairs) {
        shown = figures;
        names = dimensionNames;
        var charts = new AgreementCharts(figures, dimensionNames);
        var ordinal = figures.basis().level().equals("ordinal");
        put(hero, new AgreementHero(figures.dimensions(), ordinal, dimensionNames));
        weeks.show(charts.weeks());
        put(findings, new FindingList(campaign, figures, address));
        strata.show(charts.strata());
        drawGroups();
        confusion.show(charts.confusion());
        confused.setText(top(figures));
        split.show(charts.split());
        histogram.show(charts.histogram());
        matrix.show(charts.matrix());
        sides.show(charts.sides());
        var whole = figures.dimensions().stream()
                .filter(dimension ->
                        dimension.dimension().equals(figures.basis().dimension()))
                .map(dimension -> ordinal ? dimension.ordinal() : dimension.nominal())
                .findFirst()
                .orElseThrow();
        influence.show(charts.influence(whole.alpha().value()));
        put(model, model(figures));
        put(people, new PeopleTable(campaign, figures, address));
        put(
                disputed,
                figures.disputed().isEmpty()
                        ? box("body", text(getTranslation("agreement.disputed.none"), "muted", "s"))
                        : new DisputedTable(
                                campaign,
                                figures.disputed(),
                                pairs.apply(figures.disputed().stream()
                                        .map(Disputed::pair)
                                        .toList())));
        put(coefficients, new CoefficientTable(figures.dimensions(), dimensionNames));
    }

    private static void put(Div place, Component content) {
        place.removeAll();
        place.add(content);
    }

    private void drawGroups() {
        if (shown == null || names == null) {
            return;
        }
        var charts = new AgreementCharts(shown, names);
        groups.show(charts.groups(by.value()));
        groupLegend.removeAll();
        groupLegend.add(legend("s1", getTranslation("agreement.alpha")), legend("s3", charts.gwet()));
        int more = shown.groups().getOrDefault(by.value(), List.of()).size() - AgreementCharts.MOST_ROWS;
        groupFoot.setText(getTranslation("agreement.by." + by.value() + ".help")
                + (more > 0 ? " " + getTranslation("agreement.more", Figures.count(more)) : ""));
    }

    private String top(AgreementFigures figures) {
        var top = figures.confusion().top();
        return top.isEmpty()
                ? getTranslation("agreement.confused.none")
                : getTranslation(
                        "agreement.confused",
                        top.stream()
                                .limit(3)
                                .map(each -> getTranslation(
                                        "agreement.confused.one",
                                        Written.answer(each.one()),
                                        Written.answer(each.other()),
                                        Figures.percent(each.share())))
                                .collect(Collectors.joining("; ")));
    }

    private Component model(AgreementFigures figures) {
        var against = figures.model();
        if (against == null) {
            return text(getTranslation("agreement.model.none"), "muted", "s");
        }
        var people = against.people();
        return new Div(
                new H3(getTranslation("agreement.model.version", String.valueOf(against.version()))),
                new Paragraph(getTranslation(
                        "agreement.model.share",
                        Written.share(against.share()),
                        Figures.count(against.share().decided()))),
                new Paragraph(
                        people == null
                                ? getTranslation("agreement.model.nopeople")
                                : getTranslation("agreement.model.people", Written.share(people))));
    }

    /** Lists what two annotators answered differently. */
    void between(String one, String other, List<Disputed> pairs, List<Found> found) {
        var close = new Anchor(
                "campaigns/" + campaign + "/agreement"
                        + address.between(null, null).query(),
                getTranslation("agreement.between.close"));
        close.addClassNames("button", "small");
        var panel = new Panel(getTranslation("agreement.between", one, other)).end(close);
        panel.getElement().setAttribute("tabindex", "-1");
        put(
                between,
                pairs.isEmpty()
                        ? panel.body(text(getTranslation("agreement.disputed.none"), "muted", "s"))
                        : panel.wide(new DisputedTable(campaign, pairs, found)));
        // whoever chose a cell is led to what it opened
        panel.getElement().executeJs("this.focus(); this.scrollIntoView({block: 'start'})");
    }
}
