package org.diptych.ui.alert;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import org.diptych.service.account.AccountZones;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.Alerts;
import org.diptych.service.delivery.Subscription;
import org.diptych.service.delivery.Subscriptions;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;

/** All that waits for somebody, and whether they are told of it by mail. */
@Route(value = "alerts", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class AlertsView extends Div implements HasDynamicTitle {
    private static final String OPEN = "open";

    private final Alerts alerts;
    private final Subscriptions subscriptions;
    private final CurrentAccount account;
    private final AlertList list;
    private final Div none = box("empty", text(getTranslation("alerts.none"), "muted", "s"));
    private final Div said = new Div();
    private final EmailField address = new EmailField(getTranslation("alerts.mail.address"));
    private String shown = OPEN;
    private Subscription.Delivery delivery = Subscription.Delivery.AT_ONCE;

    AlertsView(Alerts alerts, Subscriptions subscriptions, AccountZones zones, CurrentAccount account) {
        this.alerts = alerts;
        this.subscriptions = subscriptions;
        this.account = account;
        this.list = new AlertList(alerts, account, zones.of(account.person()), this::draw);
        var choice = new SegmentedChoice<>(
                getTranslation("campaigns.show"),
                shown,
                each -> getTranslation("alerts.show." + each),
                chosen -> {
                    shown = chosen;
                    draw();
                },
                OPEN,
                "all");
        var panel = new Panel(getTranslation("alerts.title")).end(choice).wide(list, none);
        add(new PageHead(getTranslation("nav.alerts")), box("cols three-two", panel, subscription()));
        draw();
    }

    private void draw() {
        var found = alerts.list(account.person(), shown.equals(OPEN) ? Alert.State.OPEN : null);
        list.show(found, true);
        list.setVisible(!found.isEmpty());
        none.setVisible(found.isEmpty());
    }

    private Panel subscription() {
        var panel = new Panel(getTranslation("alerts.mail")).says(getTranslation("alerts.mail.help"));
        if (!subscriptions.possible()) {
            return panel.body(note(Icon.INFO, getTranslation("alerts.mail.off"), ""));
        }
        var mine = subscriptions.of(account.person());
        mine.ifPresent(known -> {
            address.setValue(known.address());
            delivery = known.delivery();
        });
        address.setWidthFull();
        address.setManualValidation(true);
        said.getElement().setAttribute("role", "status");
        var when = new SegmentedChoice<>(
                getTranslation("alerts.mail.when"),
                delivery,
                each -> getTranslation("alerts.mail." + each.name().toLowerCase(Locale.ROOT)),
                chosen -> delivery = chosen,
                Subscription.Delivery.values());
        var save = new Button(getTranslation("alerts.mail.save"), click -> save());
        save.addThemeNames("primary");
        var end = new Button(getTranslation("alerts.mail.end"), click -> {
            subscriptions.end(account.person());
            say("alerts.mail.ended");
        });
        return panel.body(box("stack", address, when, box("row wrap", save, end), said));
    }

    private void save() {
        address.setInvalid(false);
        said.removeAll();
        try {
            subscriptions.put(account.person(), new Subscription(address.getValue(), delivery));
            say("alerts.mail.saved");
        } catch (Problem problem) {
            address.setErrorMessage(
                    problem.code().equals("invalid_address")
                            ? getTranslation("alerts.mail.invalid")
                            : problem.detail());
            address.setInvalid(true);
        }
    }

    private void say(String key) {
        said.removeAll();
        said.add(note(Icon.CHECK, getTranslation(key), "ok"));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("nav.alerts") + " · Diptych";
    }
}
