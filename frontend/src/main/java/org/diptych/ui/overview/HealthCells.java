package org.diptych.ui.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.diptych.service.campaign.CampaignSummary;
import org.diptych.service.health.CampaignHealth;
import org.diptych.service.health.CampaignHome;
import org.diptych.ui.shell.Figures;
import org.jspecify.annotations.Nullable;

/** What a line of the list says of how a campaign stands. */
final class HealthCells {
    private HealthCells() {}

    static Component progress(CampaignHome.Line line) {
        var campaign = line.campaign();
        double share = campaign.wanted() == 0 ? 0 : (double) campaign.filled() / campaign.wanted();
        var figures = box(
                "row xs",
                text(Figures.wholePercent(share), "strong", "s"),
                text(
                        translate("figure.of", Figures.count(campaign.filled()), Figures.count(campaign.wanted())),
                        "muted"));
        figures.getStyle().set("margin-bottom", "5px");
        var progress = new Div(figures, bar(campaign.name(), share), box("sub2", text(finish(line))));
        progress.getStyle().set("min-width", "190px");
        return progress;
    }

    /** When it will be done, or why that is not said. */
    static String finish(CampaignHome.Line line) {
        var campaign = line.campaign();
        var health = line.health();
        if (campaign.wanted() > 0 && campaign.filled() >= campaign.wanted()) {
            return translate("forecast.done");
        }
        if (!campaign.state().equals("OPEN") || health == null || campaign.wanted() == 0) {
            return "\u00a0";
        }
        return finish(health);
    }

    static String finish(CampaignHealth health) {
        var forecast = health.forecast();
        if (forecast == null) {
            return translate("forecast.few");
        }
        var high = forecast.high();
        if (high == null) {
            return translate("forecast.openend", day(forecast.low()));
        }
        return high.equals(forecast.low())
                ? translate("forecast.day", day(high))
                : translate("forecast.days", day(forecast.low()), day(high));
    }

    static String day(LocalDate day) {
        var ui = UI.getCurrent();
        var format = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        return (ui == null ? format : format.withLocale(ui.getLocale())).format(day);
    }

    static Component agreement(@Nullable CampaignHealth health) {
        var now = health == null ? null : health.agreement();
        if (health == null || now == null) {
            return text(translate("campaigns.noagreement"), "faint", "s");
        }
        var value = now.alpha();
        var low = now.low();
        var high = now.high();
        if (value == null) {
            return text(translate("agreement.undefined"), "faint", "s");
        }
        var interval = low == null || high == null
                ? translate("agreement.nointerval")
                : Figures.interval(Figures.coefficient(low), Figures.coefficient(high));
        var points = health.weeks().stream()
                .map(week -> new SparkLine.Point(week.alpha(), week.low(), week.high()))
                .toList();
        return box(
                "row",
                new SparkLine(points, words(health)),
                new Div(
                        box("strong s", text(Figures.coefficient(value))),
                        box("sub2", text(translate("campaigns.agreement.n", interval, Figures.count(now.pairs()))))));
    }

    private static String words(CampaignHealth health) {
        var words = new StringBuilder(translate("campaigns.agreement.weeks"));
        for (var week : health.weeks()) {
            var alpha = week.alpha();
            words.append(' ')
                    .append(day(week.monday()))
                    .append(": ")
                    .append(alpha == null ? "–" : Figures.coefficient(alpha))
                    .append(';');
        }
        return words.toString();
    }

    static Component model(CampaignSummary.@Nullable ActiveModel model) {
        if (model == null) {
            return text(translate("campaigns.nomodel"), "muted");
        }
        var accuracy = model.accuracy();
        var low = model.low();
        var high = model.high();
        if (accuracy == null || low == null || high == null) {
            return text(translate("models.version", model.number()));
        }
        return new Div(
                text(translate("models.version", model.number()) + ", " + Figures.percent(accuracy)),
                box(
                        "sub2",
                        text(translate(
                                "campaigns.model.n",
                                Figures.interval(Figures.percent(low), Figures.percent(high)),
                                Figures.count(model.pairs())))));
    }
}
