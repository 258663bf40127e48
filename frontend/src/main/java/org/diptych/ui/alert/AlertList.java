package org.diptych.ui.alert;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.AlertKind;
import org.diptych.service.alert.AlertWords;
import org.diptych.service.alert.Alerts;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;

/** What waits, each with the one thing to do about it. */
public class AlertList extends Div {
    private static final Map<AlertKind, String> PAGES = Map.of(
            AlertKind.AGREEMENT_LOW, "/agreement",
            AlertKind.QUEUE_DRY, "/queue",
            AlertKind.TRAINING_FAILED, "/models",
            AlertKind.MESSAGES_WAITING, "/inbox",
            AlertKind.GOLD_LOW, "/annotators",
            AlertKind.APPEAL_WAITING, "/annotators",
            AlertKind.OBJECTIONS_WAITING, "/objections");
    private static final Map<AlertKind, Icon> ICONS = Map.of(
            AlertKind.QUEUE_DRY, Icon.QUEUE,
            AlertKind.TRAINING_FAILED, Icon.MODEL,
            AlertKind.MESSAGES_WAITING, Icon.INBOX,
            AlertKind.GOLD_LOW, Icon.PEOPLE,
            AlertKind.APPEAL_WAITING, Icon.PEOPLE,
            AlertKind.OBJECTIONS_WAITING, Icon.INBOX);

    private final Alerts alerts;
    private final CurrentAccount account;
    private final ZoneId zone;
    private final Runnable changed;

    /**
     * An empty list.
     *
     * @param zone whose clocks the reader has
     * @param changed told when an alert was acknowledged
     */
    public AlertList(Alerts alerts, CurrentAccount account, ZoneId zone, Runnable changed) {
        this.alerts = alerts;
        this.account = account;
        this.zone = zone;
        this.changed = changed;
    }

    /** Shows alerts in place of those shown before. */
    public void show(List<Alert> shown, boolean named) {
        var words = new AlertWords(getLocale(), zone);
        var list = new UnorderedList();
        list.addClassName("alerts");
        shown.forEach(alert -> list.add(line(alert, words, named)));
        removeAll();
        add(list);
    }

    private ListItem line(Alert alert, AlertWords words, boolean named) {
        var says = box("grow");
        if (named) {
            says.add(written(words.where(alert) + ": ", "strong"));
        }
        says.add(text(words.cause(alert)), text(" " + Figures.moment(alert.since(), zone), "faint", "xs"));
        var line = new ListItem(ICONS.getOrDefault(alert.kind(), Icon.WARNING).draw(), says);
        if (alert.state() == Alert.State.OPEN) {
            line.addClassName("open");
            line.add(action(alert), seen(alert, words));
        } else {
            line.add(chip(getTranslation("alerts.state." + alert.state().name().toLowerCase(Locale.ROOT)), "line"));
        }
        return line;
    }

    private Component action(Alert alert) {
        var page = PAGES.get(alert.kind());
        if (page == null) {
            return new Div();
        }
        var whose =
                alert.kind() == AlertKind.APPEAL_WAITING ? "/" + alert.figures().get("annotator") : "";
        var link = new Anchor(
                "campaigns/" + alert.campaign() + page + whose,
                getTranslation("alerts.act." + alert.kind().word()));
        link.addClassNames("button", "small");
        return link;
    }

    private Component seen(Alert alert, AlertWords words) {
        var seen = new Button(Icon.CHECK.draw(), click -> {
            try {
                alerts.acknowledge(account.person(), alert.id());
            } catch (Problem problem) {
                // somebody else was faster, which the list shows
                if (!problem.code().equals("changed_meanwhile")) {
                    throw problem;
                }
            }
            changed.run();
        });
        seen.addThemeNames("tertiary", "icon", "small");
        var name = getTranslation("alerts.seen");
        seen.setTooltipText(name);
        seen.setAriaLabel(name + ": " + words.where(alert) + ", " + words.cause(alert));
        return seen;
    }
}
