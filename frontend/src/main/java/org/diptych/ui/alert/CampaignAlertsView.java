package org.diptych.ui.alert;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.AbstractNumberField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.AccountZones;
import org.diptych.service.alert.AlertBounds;
import org.diptych.service.alert.Alerts;
import org.diptych.service.delivery.Webhooks;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.diptych.ui.shell.Typed;
import org.jspecify.annotations.Nullable;

/** The alerts of a campaign, from when on they come, and which programs are told. */
@Route(value = "campaigns/:campaign/alerts", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class CampaignAlertsView extends CampaignPage {
    private final Alerts alerts;
    private final CurrentAccount account;
    private final AlertList list;
    private final WebhookPanel webhooks;
    private final Div none = box("empty", text(getTranslation("alerts.none"), "muted", "s"));
    private final Div said = new Div();
    private final NumberField agreement = new NumberField(getTranslation("alerts.bound.agreement"));
    private final IntegerField queueHours = new IntegerField(getTranslation("alerts.bound.queueHours"));
    private final IntegerField messageHours = new IntegerField(getTranslation("alerts.bound.messageHours"));
    private final NumberField gold = new NumberField(getTranslation("alerts.bound.gold"));
    private final Map<String, HasValidation> fields =
            Map.of("agreement", agreement, "queueHours", queueHours, "messageHours", messageHours, "gold", gold);
    private @Nullable UUID campaign;

    CampaignAlertsView(Alerts alerts, Webhooks webhooks, AccountZones zones, CurrentAccount account) {
        super("nav.alerts");
        this.alerts = alerts;
        this.account = account;
        this.list = new AlertList(alerts, account, zones.of(account.person()), this::draw);
        this.webhooks = new WebhookPanel(webhooks, account);
        agreement.setHelperText(getTranslation("alerts.bound.agreement.help"));
        queueHours.setHelperText(getTranslation("alerts.bound.queueHours.help"));
        messageHours.setHelperText(getTranslation("alerts.bound.messageHours.help"));
        gold.setHelperText(getTranslation("alerts.bound.gold.help"));
        agreement.setStep(0.01);
        gold.setStep(0.01);
        agreement.setManualValidation(true);
        queueHours.setManualValidation(true);
        messageHours.setManualValidation(true);
        gold.setManualValidation(true);
        said.getElement().setAttribute("role", "status");
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var bounds = alerts.bounds(account.person(), id);
        agreement.setValue(bounds.agreement());
        queueHours.setValue(bounds.queueHours());
        messageHours.setValue(bounds.messageHours());
        gold.setValue(bounds.gold());
        said.removeAll();
        var save = new Button(getTranslation("alerts.bounds.save"), click -> save());
        save.addThemeNames("primary");
        var panel = new Panel(getTranslation("alerts.bounds"))
                .says(getTranslation("alerts.bounds.help"))
                .body(box("stack", agreement, queueHours, messageHours, gold, new Div(save), said));
        webhooks.open(id);
        add(
                new PageHead(title()),
                box(
                        "aside",
                        box("stack", new Panel(getTranslation("alerts.title")).wide(list, none), webhooks),
                        panel));
        draw();
    }

    private void draw() {
        var found = alerts.list(account.person(), Objects.requireNonNull(campaign), null);
        list.show(found, false);
        list.setVisible(!found.isEmpty());
        none.setVisible(found.isEmpty());
    }

    private void save() {
        fields.values().forEach(field -> field.setInvalid(false));
        said.removeAll();
        if (unreadable(agreement) | unreadable(queueHours) | unreadable(messageHours) | unreadable(gold)) {
            return;
        }
        try {
            alerts.change(
                    account.person(),
                    Objects.requireNonNull(campaign),
                    new AlertBounds(
                            agreement.getValue(), queueHours.getValue(), messageHours.getValue(), gold.getValue()));
            said.add(note(Icon.CHECK, getTranslation("alerts.bounds.saved"), "ok"));
        } catch (Problem problem) {
            var field = fields.get(String.valueOf(problem.properties().get("field")));
            if (field == null) {
                throw problem;
            }
            complain(String.valueOf(problem.properties().get("field")));
        }
    }

    /** An empty field switches its alert off; one that holds no number is a slip, and says so. */
    private boolean unreadable(AbstractNumberField<?, ?> field) {
        if (!Typed.unreadable(field)) {
            return false;
        }
        fields.forEach((name, each) -> {
            if (each == field) {
                complain(name);
            }
        });
        return true;
    }

    private void complain(String name) {
        var field = Objects.requireNonNull(fields.get(name));
        field.setErrorMessage(getTranslation("alerts.bounds.range." + name));
        field.setInvalid(true);
    }
}
