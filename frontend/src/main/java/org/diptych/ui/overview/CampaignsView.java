package org.diptych.ui.overview;

import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.agreement.CampaignAgreement;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.CampaignSummary;
import org.diptych.ui.chart.MiniInterval;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** The campaigns that somebody leads, with progress, agreement and the active model. */
@Route(value = "campaigns", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class CampaignsView extends Div implements HasDynamicTitle {
    private final CurrentAccount account;
    private final AgreementService agreements;
    private final CampaignProgressService service;
    private final CampaignService changes;
    private List<CampaignSummary> campaigns;
    private final Map<UUID, Div> agreementCells = new HashMap<>();
    private String shown = "all";
    private final TextField wanted = new TextField();
    private final Div table = new Div();

    CampaignsView(
            CampaignProgressService service,
            CampaignService changes,
            AgreementService agreements,
            CurrentAccount account) {
        this.service = service;
        this.changes = changes;
        this.account = account;
        this.agreements = agreements;
        this.campaigns = service.summaries(account.person());
        wanted.setPlaceholder(getTranslation("campaigns.find"));
        wanted.setAriaLabel(getTranslation("campaigns.find"));
        wanted.setValueChangeMode(ValueChangeMode.LAZY);
        wanted.addValueChangeListener(change -> draw());
        var create = new Anchor("campaigns/new", Icon.PLUS.draw(), text(getTranslation("campaigns.new")));
        create.addClassNames("button", "primary");
        add(new PageHead(getTranslation("nav.campaigns"), wanted, create));
        if (campaigns.isEmpty()) {
            wanted.setVisible(false);
            add(empty());
            return;
        }
        var choice = box(
                "row",
                new SegmentedChoice<>(
                        getTranslation("campaigns.show"),
                        shown,
                        this::counted,
                        chosen -> {
                            shown = chosen;
                            draw();
                        },
                        "open",
                        "closed",
                        "all"));
        choice.getStyle().set("padding", "12px 16px 6px");
        add(box("panel", choice, table));
        draw();
    }

    /** The list is there at once; agreement, which may have to be computed, follows in a second trip. */
    @Override
    protected void onAttach(AttachEvent attached) {
        fillAgreementAfterwards();
    }

    private void fillAgreementAfterwards() {
        getElement()
                .executeJs("return true")
                .then(painted -> agreementCells.forEach((id, cell) -> {
                    if (cell.getChildren().findAny().isEmpty()) {
                        cell.add(agreement(agreements.of(account.person(), id)));
                    }
                }));
    }

    private void draw() {
        agreementCells.clear();
        table.removeAll();
        var rows = new FigureTable(
                Column.words(getTranslation("nav.campaign")),
                Column.words(getTranslation("campaigns.state")),
                Column.words(getTranslation("campaigns.progress")),
                Column.words(getTranslation("campaigns.agreement")),
                Column.words(getTranslation("campaigns.model")),
                Column.figures(getTranslation("campaigns.people")),
                Column.words(getTranslation("table.actions")));
        rows.addClassName("tall");
        campaigns.stream()
                .filter(campaign -> matches(campaign, shown))
                .filter(campaign -> campaign.name()
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted.getValue().strip().toLowerCase(Locale.ROOT)))
                .forEach(campaign -> row(rows, campaign));
        table.add(rows);
        if (isAttached()) {
            fillAgreementAfterwards();
        }
    }

    private void row(FigureTable rows, CampaignSummary campaign) {
        var cell = new Div();
        cell.getStyle().set("min-height", "38px");
        agreementCells.put(campaign.id(), cell);
        var name = new Anchor("campaigns/" + campaign.id(), written(campaign.name()));
        name.addClassName("strong");
        name.getStyle().set("font-size", "var(--t-m)");
        rows.row(
                new Div(name, box("sub2", text(campaign.protocol()))),
                state(campaign.state()),
                progress(campaign),
                cell,
                model(campaign.activeModel()),
                Figures.count(campaign.annotatorsToday()),
                pauseOrResume(campaign));
    }

    private Component pauseOrResume(CampaignSummary campaign) {
        if (campaign.state().equals("CLOSED")) {
            return new Div();
        }
        var shown = CampaignState.valueOf(campaign.state());
        boolean open = shown == CampaignState.OPEN;
        var words = getTranslation(open ? "settings.pause" : "settings.resume");
        var button = new Button(words, click -> {
            changes.enter(account.person(), campaign.id(), shown, open ? CampaignState.PAUSED : CampaignState.OPEN);
            campaigns = service.summaries(account.person());
            draw();
        });
        button.addThemeNames("small");
        button.setAriaLabel(words + ": " + campaign.name());
        return button;
    }

    private Component progress(CampaignSummary campaign) {
        double share = campaign.wanted() == 0 ? 0 : (double) campaign.filled() / campaign.wanted();
        var line = box(
                "row xs",
                text(Figures.wholePercent(share), "strong", "s"),
                text(
                        getTranslation("figure.of", Figures.count(campaign.filled()), Figures.count(campaign.wanted())),
                        "muted"));
        line.getStyle().set("margin-bottom", "5px");
        var progress = new Div(line, bar(campaign.name(), share));
        progress.getStyle().set("min-width", "190px");
        return progress;
    }

    private Component agreement(CampaignAgreement agreement) {
        var first = agreement.strata().getFirst().dimensions().getFirst();
        var ratings = first.ratings();
        var alpha = (ratings != null ? ratings : first.verdicts()).alpha();
        var value = alpha.value();
        if (value == null) {
            var undefined = text(getTranslation("agreement.undefined"), "faint", "s");
            undefined.setTitle(String.valueOf(alpha.reason()));
            return undefined;
        }
        var low = alpha.low();
        var high = alpha.high();
        var interval = low == null || high == null
                ? getTranslation("agreement.nointerval")
                : Figures.interval(Figures.coefficient(low), Figures.coefficient(high));
        return box(
                "row",
                new MiniInterval(value, low, high, 0, 1, Tone.FIRST, interval),
                new Div(box("strong s", text(Figures.coefficient(value))), box("sub2", text(interval))));
    }

    private Component model(CampaignSummary.@Nullable ActiveModel model) {
        if (model == null) {
            return text(getTranslation("campaigns.nomodel"), "muted");
        }
        var accuracy = model.accuracy();
        var low = model.low();
        var high = model.high();
        if (accuracy == null || low == null || high == null) {
            return text(getTranslation("models.version", model.number()));
        }
        return new Div(
                text(getTranslation("models.version", model.number()) + ", " + Figures.percent(accuracy)),
                box(
                        "sub2",
                        text(getTranslation(
                                "campaigns.model.n",
                                Figures.interval(Figures.percent(low), Figures.percent(high)),
                                Figures.count(model.pairs())))));
    }

    private Component state(String state) {
        var kind = switch (state) {
            case "OPEN" -> "ok";
            case "PAUSED" -> "warn";
            default -> "line";
        };
        return chip(getTranslation("state." + state.toLowerCase(Locale.ROOT)), kind);
    }

    private String counted(String choice) {
        return getTranslation("campaigns.show." + choice) + "  " + Figures.count(count(choice));
    }

    private long count(String choice) {
        return campaigns.stream().filter(campaign -> matches(campaign, choice)).count();
    }

    private static boolean matches(CampaignSummary campaign, String choice) {
        boolean closed = campaign.state().equals("CLOSED");
        return choice.equals("all") || closed == choice.equals("closed");
    }

    private Component empty() {
        var create = new Anchor("campaigns/new", getTranslation("campaigns.new"));
        create.addClassNames("button", "primary");
        return box(
                "panel empty",
                new H2(getTranslation("campaigns.empty")),
                new Paragraph(getTranslation("campaigns.empty.help")),
                create);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("nav.campaigns") + " · Diptych";
    }
}
