package org.diptych.ui.payment;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.payment.PaymentReport;
import org.diptych.service.payment.PaymentService;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** What annotators did in a period, and what it comes to on either basis. The period is said in the address. */
@Route(value = "campaigns/:campaign/annotators/payment", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class PaymentView extends CampaignPage {
    private final PaymentService payment;
    private final CurrentAccount account;
    private final Div report = new Div();
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable UUID campaign;

    PaymentView(PaymentService payment, CurrentAccount account) {
        super("payment.title");
        this.payment = payment;
        this.account = account;
        report.addClassName("stack");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        from = day(parameters, "from");
        to = day(parameters, "to");
        super.beforeEnter(event);
    }

    private static @Nullable LocalDate day(QueryParameters parameters, String name) {
        try {
            return parameters.getSingleParameter(name).map(LocalDate::parse).orElse(null);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var settings =
                new Panel(getTranslation("payment.settings")).body(new PaymentForm(payment, account, id, this::draw));
        var back = new Anchor("campaigns/" + id + "/annotators", getTranslation("payment.back"));
        back.addClassName("button");
        add(
                new PageHead(title(), back).says(getTranslation("payment.sub")),
                box("aside", report, box("stack", settings)));
        draw();
    }

    private void draw() {
        report.removeAll();
        PaymentReport found;
        try {
            found = payment.report(account.person(), Objects.requireNonNull(campaign), from, to);
        } catch (Problem problem) {
            from = null;
            to = null;
            found = payment.report(account.person(), Objects.requireNonNull(campaign), null, null);
            report.add(note(Icon.WARNING, getTranslation("payment.period.error"), "warn"));
        }
        var panel =
                new Panel(getTranslation("payment.period")).end(download(found)).body(period(found));
        panel.wide(table(found));
        panel.body(foot(getTranslation("payment.idle")), foot(getTranslation("payment.once")));
        report.add(panel);
    }

    private Component period(PaymentReport found) {
        var first = new DatePicker(getTranslation("audit.from"), found.period().from());
        var last = new DatePicker(getTranslation("audit.to"), found.period().to());
        var apply = new Button(getTranslation("payment.apply"), click -> {
            var given = new LinkedHashMap<String, String>();
            if (first.getValue() != null) {
                given.put("from", first.getValue().toString());
            }
            if (last.getValue() != null) {
                given.put("to", last.getValue().toString());
            }
            UI.getCurrent().navigate("campaigns/" + campaign + "/annotators/payment", QueryParameters.simple(given));
        });
        var row = box("row wrap", first, last, apply);
        row.getStyle().set("align-items", "flex-end");
        return box(
                "stack",
                row,
                text(getTranslation("payment.days", found.period().zone().getId()), "muted", "s"));
    }

    private Component download(PaymentReport found) {
        var file = "payment-" + found.period().from() + "-" + found.period().to() + ".csv";
        var button = new Anchor(
                "api/v1/campaigns/" + campaign + "/payment.csv?from="
                        + found.period().from() + "&to=" + found.period().to(),
                Icon.EXPORT.draw(),
                text(getTranslation("payment.download")));
        button.addClassName("button");
        button.getElement().setAttribute("download", file).setAttribute("router-ignore", true);
        return button;
    }

    private Component table(PaymentReport found) {
        if (found.lines().isEmpty()) {
            return box("body", text(getTranslation("payment.none"), "muted"));
        }
        var table = new FigureTable(
                Column.words(getTranslation("annotators.name")),
                Column.figures(getTranslation("payment.judgements")),
                Column.figures(getTranslation("payment.corrections")),
                Column.figures(getTranslation("payment.skips")),
                Column.figures(getTranslation("payment.active")),
                Column.figures(getTranslation("annotators.pace")),
                Column.figures(getTranslation("payment.by.judgement")),
                Column.figures(getTranslation("payment.by.hour")));
        for (var line : found.lines()) {
            var counts = line.counts();
            var median = counts.medianMilliseconds();
            table.row(
                    name(counts),
                    new Div(
                            text(Figures.count(line.judgements()), "strong"),
                            box(
                                    "sub2",
                                    text(getTranslation(
                                            "payment.judgements.of",
                                            Figures.count(counts.labels()),
                                            Figures.count(counts.extra()),
                                            Figures.count(counts.gold()),
                                            Figures.count(counts.training()))))),
                    Figures.count(counts.corrections()),
                    Figures.count(counts.skips()),
                    active(counts.activeMilliseconds()),
                    median == null ? "–" : Figures.seconds(median / 1000),
                    amount(line.perJudgement(), found),
                    amount(line.perHour(), found));
        }
        table.row(
                text(getTranslation("payment.total"), "strong"),
                text(
                        Figures.count(found.lines().stream()
                                .mapToLong(PaymentReport.Line::judgements)
                                .sum()),
                        "strong"),
                "",
                "",
                active(found.lines().stream()
                        .mapToLong(line -> line.counts().activeMilliseconds())
                        .sum()),
                "",
                amount(found.perJudgement(), found),
                amount(found.perHour(), found));
        return table;
    }

    private Component name(PaymentReport.Counts counts) {
        var line = box("row", written(counts.displayName(), "strong"));
        if (counts.simulated()) {
            line.add(chip(getTranslation("members.simulated"), "line"));
        }
        return new Div(line, box("sub2", written(counts.name())));
    }

    /** Hours and minutes, since what is paid by the hour is added up by the hour. */
    private String active(long milliseconds) {
        var time = Duration.ofMillis(milliseconds);
        return getTranslation("payment.hours", time.toHours(), time.toMinutesPart());
    }

    private static Component amount(BigDecimal amount, PaymentReport found) {
        return text(
                Figures.decimals(amount.doubleValue(), found.settings().decimals()) + " "
                        + found.settings().currency(),
                "nowrap");
    }
}
