package org.diptych.ui.ranking;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diptych.protocol.Protocol;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.ranking.CampaignRanking;
import org.diptych.service.ranking.CampaignRanking.Dimension;
import org.diptych.service.ranking.CampaignRanking.State;
import org.diptych.service.ranking.RankingChoice;
import org.diptych.service.ranking.RankingService;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;

/** Which editing model people prefer. What is shown is said in the address. */
@Route(value = "campaigns/:campaign/ranking", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class RankingView extends CampaignPage {
    private final RankingService rankings;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private RankingAddress shown = new RankingAddress(RankingChoice.USUAL, Protocol.OVERALL);

    RankingView(RankingService rankings, ProtocolService protocols, CurrentAccount account) {
        super("nav.ranking");
        this.rankings = rankings;
        this.protocols = protocols;
        this.account = account;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        shown = RankingAddress.of(event.getLocation().getQueryParameters());
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID campaign) {
        var ranking = ranking(campaign);
        var names =
                new DimensionNames(protocols.bySha256(ranking.protocolSha256()).protocol(), getLocale());
        var dimension = ranking.dimensions().stream()
                .filter(each -> each.dimension().equals(shown.dimension()))
                .findFirst()
                .orElseGet(() -> ranking.dimensions().getFirst());
        shown = shown.on(dimension.dimension());
        add(
                new PageHead(title(), download(campaign)).says(said(ranking, dimension)),
                filters(campaign, ranking, names));
        if (dimension.state() == State.TOO_MANY) {
            add(note(Icon.WARNING, why(dimension), "warn"));
            return;
        }
        if (dimension.models().isEmpty()) {
            add(new Panel(getTranslation("ranking.none")).body(text(getTranslation("ranking.none.help"), "muted")));
            return;
        }
        if (dimension.state() != State.RANKED) {
            var unranked = note(Icon.WARNING, why(dimension), "warn");
            unranked.addClassName("gap");
            add(unranked);
        } else {
            var strengths = new Panel(getTranslation("ranking.strengths", names.of(dimension.dimension())))
                    .says(getTranslation("ranking.strengths.help"))
                    .body(RankingParts.chart(dimension), sides(dimension));
            strengths.addClassName("gap");
            add(strengths);
        }
        var table = new Panel(getTranslation("ranking.table")).wide(RankingParts.table(dimension));
        table.addClassName("gap");
        var matrix = new Panel(getTranslation("ranking.matrix"))
                .says(getTranslation("ranking.matrix.help"))
                .wide(RankingParts.matrix(dimension));
        matrix.addClassName("gap");
        add(table, matrix);
        if (shown.choice().category() == null
                && ranking.categories().size() > 1
                && ranking.categories().size() <= CampaignRanking.MOST_CATEGORIES
                && dimension.state() == State.RANKED) {
            var each = rankings.byCategory(account.person(), campaign, shown.choice(), dimension.dimension());
            var categories = new Panel(getTranslation("ranking.categories"))
                    .says(getTranslation("ranking.categories.help"))
                    .wide(RankingParts.categories(dimension, each));
            categories.addClassName("gap");
            add(categories);
        }
        add(foot(getTranslation("ranking.methods")));
        if (ranking.withinModel() > 0) {
            add(foot(getTranslation("ranking.within", Figures.count(ranking.withinModel()))));
        }
    }

    /** A category that no label has any more is an old link. */
    private CampaignRanking ranking(UUID campaign) {
        try {
            return rankings.of(account.person(), campaign, shown.choice());
        } catch (Problem problem) {
            if (!problem.code().equals("unknown_category")) {
                throw problem;
            }
            shown = shown.in(null);
            return rankings.of(account.person(), campaign, shown.choice());
        }
    }

    private String said(CampaignRanking ranking, Dimension dimension) {
        var raw = shown.choice().answers() == RankingChoice.Answers.RAW;
        var counted = getTranslation(
                raw ? "ranking.sub.raw" : "ranking.sub.consensus",
                Figures.count(dimension.comparisons()),
                Figures.count(dimension.sources()),
                ranking.protocol());
        return shown.choice().population() == RankingChoice.Population.UNIFORM
                ? counted + " " + getTranslation("ranking.sub.uniform")
                : counted + " "
                        + getTranslation("ranking.sub.weighted", Figures.count(Math.round(dimension.effective())));
    }

    private String why(Dimension dimension) {
        if (dimension.state() == State.TOO_MANY) {
            return getTranslation("ranking.many");
        }
        if (dimension.state() == State.DISCONNECTED) {
            return getTranslation(
                    "ranking.disconnected",
                    dimension.groups().stream()
                            .map(group -> String.join(", ", group))
                            .collect(Collectors.joining(" | ")));
        }
        return getTranslation(
                "ranking.few", Figures.count(dimension.comparisons()), Figures.count(dimension.sources()));
    }

    private Component sides(Dimension dimension) {
        var bias = dimension.positionBias();
        if (bias == null) {
            return foot(getTranslation("ranking.sides.none"));
        }
        return foot(getTranslation(
                "ranking.sides",
                Figures.percent(left(bias.value())),
                Figures.interval(Figures.percent(left(bias.low())), Figures.percent(left(bias.high())))));
    }

    /** Of two equal edits of which one is preferred, how often the one at the left is. */
    private static double left(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    private Anchor download(UUID campaign) {
        var button = new Anchor(shown.csv(campaign), Icon.EXPORT.draw(), text(getTranslation("ranking.download")));
        button.addClassName("button");
        button.getElement().setAttribute("download", "ranking.csv").setAttribute("router-ignore", true);
        return button;
    }

    private Component filters(UUID campaign, CampaignRanking ranking, DimensionNames names) {
        Consumer<RankingAddress> go = address -> UI.getCurrent().navigate(address.page(campaign));
        List<String> categories = new ArrayList<>(ranking.categories());
        categories.addFirst("");
        var chosen = shown.choice().category();
        return box(
                "filters",
                new SegmentedChoice<>(
                        getTranslation("ranking.population"),
                        shown.choice().population(),
                        each -> getTranslation("ranking.population." + RankingChoice.word(each)),
                        each -> go.accept(shown.with(each)),
                        RankingChoice.Population.values()),
                new SegmentedChoice<>(
                        getTranslation("ranking.answers"),
                        shown.choice().answers(),
                        each -> getTranslation("ranking.answers." + RankingChoice.word(each)),
                        each -> go.accept(shown.with(each)),
                        RankingChoice.Answers.values()),
                select(
                        getTranslation("agreement.dimension"),
                        ranking.dimensions().stream().map(Dimension::dimension).toList(),
                        shown.dimension(),
                        names::of,
                        each -> go.accept(shown.on(each))),
                select(
                        getTranslation("pair.category"),
                        categories,
                        chosen == null ? "" : chosen,
                        each -> each.isEmpty() ? getTranslation("ranking.categories.all") : each,
                        each -> go.accept(shown.in(each.isEmpty() ? null : each))));
    }

    private static Select<String> select(
            String label, List<String> values, String value, Function<String, String> name, Consumer<String> chosen) {
        var select = new Select<String>();
        select.setAriaLabel(label);
        select.setItems(values);
        select.setItemLabelGenerator(name::apply);
        select.setValue(value);
        select.addValueChangeListener(change -> chosen.accept(change.getValue()));
        return select;
    }
}
