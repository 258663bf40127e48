package org.diptych.ui.overview;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

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
import java.util.List;
import java.util.Locale;
import org.diptych.service.account.AccountZones;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.Alerts;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.CampaignSummary;
import org.diptych.service.draft.CampaignDrafts;
import org.diptych.service.health.CampaignHome;
import org.diptych.service.quality.CampaignClone;
import org.diptych.ui.alert.AlertList;
import org.diptych.ui.campaign.DraftPanel;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;

/** The home of a lead: what waits, and how each campaign stands. */
@Route(value = "campaigns", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class CampaignsView extends Div implements HasDynamicTitle {
    private static final String ARCHIVED = "archived";
    /** The most urgent stand on the page; all are a click away. */
    private static final int MOST_ALERTS = 6;

    private final CurrentAccount account;
    private final CampaignHome home;
    private final Alerts alerts;
    private final CampaignActions actions;
    private final AlertList list;
    private final Div needs = new Div();
    private final Div table = new Div();
    private final Div choice = box("row");
    private final TextField wanted = new TextField();
    private List<CampaignHome.Line> campaigns = List.of();
    private List<CampaignHome.Line> archived = List.of();
    private String shown = "all";

    CampaignsView(
            CampaignHome home,
            CampaignService changes,
            CampaignClone clone,
            CampaignDrafts drafts,
            Alerts alerts,
            AccountZones zones,
            CurrentAccount account) {
        this.home = home;
        this.alerts = alerts;
        this.account = account;
        this.actions = new CampaignActions(changes, clone, account, this::refresh);
        this.list = new AlertList(alerts, account, zones.of(account.person()), this::refresh);
        wanted.setPlaceholder(getTranslation("campaigns.find"));
        wanted.setAriaLabel(getTranslation("campaigns.find"));
        wanted.setValueChangeMode(ValueChangeMode.LAZY);
        wanted.addValueChangeListener(change -> draw());
        var create = new Anchor("campaigns/new", Icon.PLUS.draw(), text(getTranslation("campaigns.new")));
        create.addClassNames("button", "primary");
        add(new PageHead(getTranslation("nav.campaigns"), wanted, create));
        read();
        if (campaigns.isEmpty() && archived.isEmpty()) {
            wanted.setVisible(false);
            add(new DraftPanel(drafts, account), empty());
            return;
        }
        choice.getStyle().set("padding", "12px 16px 6px");
        add(needs, new DraftPanel(drafts, account), box("panel", choice, table));
        drawAll();
    }

    private void read() {
        campaigns = home.of(account.person(), false);
        archived = home.of(account.person(), true);
    }

    private void refresh() {
        read();
        drawAll();
    }

    private void drawAll() {
        drawNeeds();
        drawChoice();
        draw();
    }

    private void drawNeeds() {
        var open = alerts.list(account.person(), Alert.State.OPEN);
        needs.removeAll();
        if (open.isEmpty()) {
            return;
        }
        list.show(open.stream().limit(MOST_ALERTS).toList(), true);
        var all = new Anchor("alerts", getTranslation("alerts.all", Figures.count(open.size())));
        all.addClassNames("button", "small");
        var panel = new Panel(getTranslation("alerts.needs")).end(all).wide(list);
        panel.addClassName("gap");
        needs.add(panel);
    }

    private void drawChoice() {
        choice.removeAll();
        choice.add(new SegmentedChoice<>(
                getTranslation("campaigns.show"),
                shown,
                this::counted,
                chosen -> {
                    shown = chosen;
                    draw();
                },
                "open",
                "closed",
                "all",
                ARCHIVED));
    }

    private void draw() {
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
        var searched = wanted.getValue().strip().toLowerCase(Locale.ROOT);
        lines(shown).stream()
                .filter(line -> line.campaign().name().toLowerCase(Locale.ROOT).contains(searched))
                .forEach(line -> row(rows, line));
        table.add(rows);
    }

    private void row(FigureTable rows, CampaignHome.Line line) {
        var campaign = line.campaign();
        var name = new Anchor("campaigns/" + campaign.id(), written(campaign.name()));
        name.addClassName("strong");
        name.getStyle().set("font-size", "var(--t-m)");
        rows.row(
                new Div(name, box("sub2", text(campaign.protocol()))),
                state(campaign.state()),
                HealthCells.progress(line),
                HealthCells.agreement(line.health()),
                HealthCells.model(campaign.activeModel()),
                Figures.count(campaign.annotatorsToday()),
                box("row", pauseOrResume(campaign), actions.menu(campaign, shown.equals(ARCHIVED))));
    }

    private Component pauseOrResume(CampaignSummary campaign) {
        if (campaign.state().equals("CLOSED")) {
            return new Div();
        }
        boolean open = campaign.state().equals("OPEN");
        var words = getTranslation(open ? "settings.pause" : "settings.resume");
        var button =
                new Button(words, click -> actions.enter(campaign, open ? CampaignState.PAUSED : CampaignState.OPEN));
        button.addThemeNames("small");
        button.setAriaLabel(words + ": " + campaign.name());
        return button;
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
        return getTranslation("campaigns.show." + choice) + "  "
                + Figures.count(lines(choice).size());
    }

    private List<CampaignHome.Line> lines(String choice) {
        return switch (choice) {
            case "all" -> campaigns;
            case ARCHIVED -> archived;
            default ->
                campaigns.stream()
                        .filter(line -> line.campaign().state().equals("CLOSED") == choice.equals("closed"))
                        .toList();
        };
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
