package org.diptych.ui.overview;

import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.figure;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.agreement.CampaignAgreement;
import org.diptych.service.campaign.CampaignProgress;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.SlotCount;
import org.diptych.service.health.CampaignHealths;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.TrainingRunService;
import org.diptych.ui.acquisition.QueueGrid;
import org.diptych.ui.agreement.AgreementHeadline;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.annotate.AnnotateView;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.dataset.ExportButtons;
import org.diptych.ui.reward.AccuracyChart;
import org.diptych.ui.reward.TrainingPanel;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** One campaign at a glance: progress, agreement, model, training, what is next. Everything is live. */
@Route(value = "campaigns/:campaign", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class OverviewView extends CampaignPage {
    private static final int NEXT_SHOWN = 5;
    /** Agreement is computed from all labels, so it is read less often than the counters. */
    private static final int AGREEMENT_EVERY = 5;

    private final CampaignProgressService progress;
    private final AgreementService agreements;
    private final ProtocolService protocols;
    private final ModelVersionService models;
    private final TrainingRunService runs;
    private final QueueService queue;
    private final CampaignHealths healths;
    private final CurrentAccount account;

    private final Div head = new Div();
    private final Div figures = box("kpis");
    private final Div strata = box("stack");
    private final LineBandChart days = new LineBandChart(190);
    private final Div noDays = box("empty", text(getTranslation("overview.days.none"), "muted", "s"));
    private final BurndownPanel burndown = new BurndownPanel();
    private final Div agreement = new Div();
    private final AccuracyChart accuracy = new AccuracyChart(250);
    private final QueueGrid next = new QueueGrid();
    private @Nullable TrainingPanel training;
    private @Nullable UUID campaign;
    private @Nullable CampaignProgress shown;
    private @Nullable CampaignAgreement agreementShown;
    private int trips;

    OverviewView(
            CampaignProgressService progress,
            AgreementService agreements,
            ProtocolService protocols,
            ModelVersionService models,
            TrainingRunService runs,
            QueueService queue,
            CampaignHealths healths,
            CurrentAccount account) {
        super("nav.overview");
        this.progress = progress;
        this.agreements = agreements;
        this.protocols = protocols;
        this.models = models;
        this.runs = runs;
        this.queue = queue;
        this.healths = healths;
        this.account = account;
        LiveRefresh.every(Duration.ofSeconds(1), this, this::refresh);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        training = new TrainingPanel(runs, account, id);
        var labelled = new Panel(getTranslation("overview.progress")).body(strata);
        var perDay = new Panel(getTranslation("overview.days")).body(days, noDays);
        var accuracyPanel = new Panel(getTranslation("accuracy.title"))
                .end(link(id, "/models", "nav.models"))
                .says(getTranslation("accuracy.help"))
                .body(accuracy);
        var queuePanel = new Panel(getTranslation("queue.next"))
                .end(link(id, "/queue", "nav.queue"))
                .wide(next);
        var exports = new Panel(getTranslation("nav.export"))
                .end(link(id, "/export", "overview.formats"))
                .body(new ExportButtons(id), foot(getTranslation("export.sub")));
        var columns = box("cols two", accuracyPanel, perDay);
        var top = box("cols three-two", labelled, exports);
        columns.addClassName("gap");
        top.addClassName("gap");
        add(head, figures, burndown, agreement, training, columns, top, queuePanel);
        trips = 0;
        refresh();
    }

    private void refresh() {
        var id = Objects.requireNonNull(campaign);
        var now = progress.progress(account.person(), id);
        if (!now.equals(shown)) {
            draw(now);
        }
        if (trips++ % AGREEMENT_EVERY == 0) {
            refreshAgreement(id);
            healths.of(account.person(), id).ifPresent(burndown::show);
            accuracy.show(models.list(account.person(), id));
            next.show(queue.next(account.person(), id, NEXT_SHOWN));
        }
        Objects.requireNonNull(training).refresh();
    }

    private void refreshAgreement(UUID id) {
        var now = agreements.of(account.person(), id);
        if (now.equals(agreementShown)) {
            return;
        }
        agreementShown = now;
        var names = new DimensionNames(protocols.bySha256(now.protocolSha256()).protocol(), getLocale());
        var uniform = now.strata().getFirst();
        agreement.removeAll();
        agreement.add(new AgreementHeadline(uniform, names));
    }

    private void draw(CampaignProgress now) {
        if (shown == null || !now.name().equals(shown.name()) || !now.state().equals(shown.state())) {
            head.removeAll();
            head.add(new PageHead(now.name(), state(now.state()), workspace(now.id()))
                    .says(getTranslation(
                            "overview.sub", now.protocol(), Figures.count(now.items()), Figures.count(now.pairs()))));
        }
        shown = now;
        drawFigures(now);
        strata.removeAll();
        now.slots().forEach((stratum, count) -> strata.add(stratum(stratum, count)));
        if (now.stuck().pairs() > 0) {
            strata.add(stuck(now));
        }
        drawDays(now);
    }

    private void drawFigures(CampaignProgress now) {
        var all = now.allSlots();
        var median = now.medianActiveSeconds();
        figures.removeAll();
        figures.add(
                figure(
                        getTranslation("overview.filled"),
                        Figures.wholePercent(all.share()),
                        getTranslation("figure.of", Figures.count(all.filled()), Figures.count(all.wanted()))),
                figure(
                        getTranslation("overview.labels"),
                        Figures.count(now.labels()),
                        getTranslation("overview.skips", Figures.count(now.skips()), Figures.count(now.flagged()))),
                figure(
                        getTranslation("overview.annotators"),
                        Figures.count(now.annotators()),
                        getTranslation("overview.today", Figures.count(now.annotatorsToday()))),
                figure(
                        getTranslation("overview.median"),
                        median == null ? "–" : Figures.seconds(median),
                        getTranslation("overview.median.help")),
                figure(
                        getTranslation("overview.retrain"),
                        Figures.count(now.labelsSinceTraining()),
                        getTranslation("overview.retrain.every", Figures.count(now.retrainEvery()))));
    }

    private Div stratum(String name, SlotCount count) {
        var word = name.toLowerCase(Locale.ROOT);
        var title = getTranslation("stratum." + word);
        var line = box(
                "row s",
                text(title, "strong"),
                text(getTranslation("stratum." + word + ".help"), "muted", "xs"),
                text(getTranslation("figure.of", Figures.count(count.filled()), Figures.count(count.wanted())), "end"));
        line.getStyle().set("margin-bottom", "6px");
        return new Div(
                line,
                bar(title, count.share()),
                text(
                        getTranslation("overview.held", Figures.count(count.leased()), Figures.count(count.open())),
                        "sub2"));
    }

    private Div stuck(CampaignProgress now) {
        var reasons = now.stuck().reasons().entrySet().stream()
                .map(reason -> reason.getKey() + " " + Figures.count(reason.getValue()))
                .collect(Collectors.joining(", "));
        return new Div(
                text(getTranslation("overview.stuck", Figures.count(now.stuck().pairs()), reasons), "s"));
    }

    private void drawDays(CampaignProgress now) {
        var points = now.days().stream()
                .map(day -> new LineBandChart.Point(
                        day.date().toEpochDay(),
                        day.labels(),
                        null,
                        null,
                        day.date().toString()))
                .toList();
        days.setVisible(!points.isEmpty());
        noDays.setVisible(points.isEmpty());
        if (points.isEmpty()) {
            return;
        }
        var last = now.days().getLast();
        days.show(new LineBandChart.Data(
                getTranslation(
                        "overview.days.finding",
                        Figures.count(last.labels()),
                        last.date().toString()),
                new LineBandChart.Axis(getTranslation("overview.days.x"), NumberStyle.DATE, null, null),
                new LineBandChart.Axis(getTranslation("overview.labels"), NumberStyle.INTEGER, 0.0, null),
                List.of(new LineBandChart.Series(
                        getTranslation("overview.labels"), Tone.FIRST, false, points.size() < 15, points)),
                List.of()));
    }

    private static final Map<String, String> STATE_KIND = Map.of("OPEN", "ok", "PAUSED", "warn", "CLOSED", "line");

    private Div state(String state) {
        return new Div(chip(
                getTranslation("state." + state.toLowerCase(Locale.ROOT)), STATE_KIND.getOrDefault(state, "line")));
    }

    private Anchor workspace(UUID id) {
        var workspace = new Anchor("annotate/" + id, text(getTranslation("nav.workspace")));
        workspace.addClassName("button");
        AnnotateView.asPageOfItsOwn(workspace);
        return workspace;
    }

    private Anchor link(UUID id, String suffix, String key) {
        var link = new Anchor("campaigns/" + id + suffix, getTranslation(key));
        link.addClassNames("button", "small");
        return link;
    }
}
