package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.diptych.service.account.AccountZones;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.conduct.AnnotatorReport;
import org.diptych.service.conduct.AnnotatorReports;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.conduct.Notice;
import org.diptych.service.problem.Problem;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** One annotator of a campaign, and what a lead can do about their work. */
@Route(value = "campaigns/:campaign/annotators/:annotator", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class AnnotatorReportView extends CampaignPage {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_ANSWER = 2_000;

    private final AnnotatorReports reports;
    private final Conduct conduct;
    private final CampaignProtocols protocols;
    private final CurrentAccount account;
    private final ZoneId zone;
    private final Div head = new Div();
    private @Nullable NoticePanel notices;
    private @Nullable UUID campaign;
    private @Nullable UUID annotator;

    AnnotatorReportView(
            AnnotatorReports reports,
            Conduct conduct,
            CampaignProtocols protocols,
            AccountZones zones,
            CurrentAccount account) {
        super("conduct.title");
        this.reports = reports;
        this.conduct = conduct;
        this.protocols = protocols;
        this.account = account;
        this.zone = zones.of(account.person());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            annotator =
                    UUID.fromString(event.getRouteParameters().get("annotator").orElse(""));
        } catch (IllegalArgumentException e) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        super.beforeEnter(event);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var names = new DimensionNames(protocols.current(id), getLocale());
        notices = new NoticePanel(
                id,
                zone,
                names,
                notice -> reports.questioned(account.person(), id, notice.id()),
                this::answers,
                _ -> true);
        draw();
        add(
                head,
                new FiguresBeside(reports.figures(account.person(), id, annotator()), names, zone),
                new Panel(getTranslation("conduct.notices")).body(notices));
    }

    private UUID campaign() {
        return Objects.requireNonNull(campaign);
    }

    private UUID annotator() {
        return Objects.requireNonNull(annotator);
    }

    private void draw() {
        var report = reports.briefly(account.person(), campaign(), annotator());
        Objects.requireNonNull(notices).show(report.notices());
        var all = new Anchor("campaigns/" + campaign() + "/annotators", getTranslation("conduct.all"));
        all.addClassName("button");
        var pairs = new Anchor(
                "campaigns/" + campaign() + "/pairs?annotator="
                        + URLEncoder.encode(report.account().name(), StandardCharsets.UTF_8),
                getTranslation("conduct.labels"));
        pairs.addClassName("button");
        head.removeAll();
        head.add(
                new PageHead(report.account().displayName(), all, pairs).says(getTranslation("conduct.sub")),
                state(report));
    }

    private Component state(AnnotatorReport report) {
        var line = box("row wrap", AnnotatorTable.state(report.qualification()));
        var pause = report.pause();
        if (pause != null) {
            line.add(chip(getTranslation("conduct.action.pause"), "err"));
            var appeal = pause.appeal();
            if (appeal != null && appeal.waiting()) {
                line.add(chip(getTranslation("conduct.appeal.waiting"), "warn"));
            }
        }
        if (!report.member()) {
            line.add(chip(getTranslation("conduct.gone"), "line"));
        }
        var says = box("stack", line);
        var asked = report.asked();
        if (asked != null) {
            says.add(
                    note(
                            Icon.INFO,
                            getTranslation("conduct.retrained", Figures.moment(asked.at(), zone), asked.by()),
                            ""),
                    new Div(written(asked.reason())));
        }
        var exclusion = report.exclusion();
        if (exclusion != null) {
            says.add(
                    note(
                            Icon.INFO,
                            getTranslation("conduct.excluded", exclusion.from().toString()),
                            "warn"),
                    new Div(written(exclusion.reason())));
        }
        var panel =
                new Panel(getTranslation("conduct.state")).end(buttons(report)).body(says);
        panel.addClassName("gap");
        return panel;
    }

    private Component buttons(AnnotatorReport report) {
        var buttons = box("row wrap");
        var pause = report.pause();
        if (pause == null) {
            if (report.member()) {
                buttons.add(button(
                        "conduct.pause",
                        LONGEST_REASON,
                        reason -> conduct.pause(account.person(), campaign(), annotator(), reason)));
            }
        } else if (pause.appeal() == null
                || !Objects.requireNonNull(pause.appeal()).waiting()) {
            buttons.add(button(
                    "conduct.resume",
                    LONGEST_REASON,
                    reason -> conduct.resume(account.person(), campaign(), annotator(), reason)));
        }
        if (report.mayRetrain()) {
            buttons.add(button(
                    "conduct.retrain",
                    LONGEST_REASON,
                    reason -> conduct.retrain(account.person(), campaign(), annotator(), reason)));
        }
        if (report.exclusion() == null) {
            buttons.add(new Button(getTranslation("conduct.exclude"), click -> exclude()));
        } else {
            buttons.add(new Button(getTranslation("conduct.readmit"), click -> {
                try {
                    conduct.readmit(account.person(), campaign(), annotator());
                } catch (Problem problem) {
                    // another lead was faster, which the page shows
                    if (!problem.code().equals("not_excluded")) {
                        Notification.show(problem.detail());
                    }
                }
                draw();
            }));
        }
        return buttons;
    }

    private Button button(String key, int longest, Consumer<String> act) {
        return new Button(
                getTranslation(key),
                click -> new ReasonDialog(key, longest, text -> {
                            act.accept(text);
                            draw();
                        })
                        .open());
    }

    private void exclude() {
        var day = new DatePicker(getTranslation("conduct.exclude.day"));
        var today = LocalDate.now(ZoneOffset.UTC);
        day.setMax(today);
        day.setValue(today);
        new ReasonDialog("conduct.exclude", LONGEST_REASON, day, (reason, from) -> {
                    conduct.exclude(account.person(), campaign(), annotator(), from, reason);
                    draw();
                })
                .open();
    }

    private List<Component> answers(Notice notice) {
        var appeal = notice.appeal();
        if (appeal == null || !appeal.waiting()) {
            return List.of();
        }
        return List.of(
                button(
                        "conduct.lift",
                        LONGEST_ANSWER,
                        text -> conduct.answer(account.person(), campaign(), notice.id(), true, text)),
                button(
                        "conduct.uphold",
                        LONGEST_ANSWER,
                        text -> conduct.answer(account.person(), campaign(), notice.id(), false, text)),
                text(getTranslation("conduct.answer.help"), "muted", "s"));
    }
}
