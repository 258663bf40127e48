package org.diptych.ui.campaign;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignSettings;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.PolicyNames;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** What leads may change about a campaign that runs: its settings, its state and its name. */
@Route(value = "campaigns/:campaign/settings", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class SettingsView extends CampaignPage {
    private final CampaignService campaigns;
    private final Conduct conduct;
    private final CurrentAccount account;
    private final SettingsForm form;
    private final Div said = new Div();
    private final Div state = new Div();
    private final TextField name = new TextField(getTranslation("import.name"));
    private CampaignSettings read = CampaignSettings.DEFAULT;
    private String readName = "";
    private @Nullable UUID campaign;

    SettingsView(CampaignService campaigns, PolicyNames policies, Conduct conduct, CurrentAccount account) {
        super("nav.settings");
        this.campaigns = campaigns;
        this.conduct = conduct;
        this.account = account;
        this.form = new SettingsForm(policies.all());
        state.addClassName("stack");
        name.setWidthFull();
        name.setMaxLength(120);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        read = campaigns.settings(account.person(), id);
        form.show(read);
        said.removeAll();
        var save = new Button(getTranslation("settings.save"), click -> save());
        save.addThemeNames("primary");
        var rename = new Button(getTranslation("settings.rename"), click -> rename());
        var settings = new Panel(getTranslation("settings.title"))
                .says(getTranslation("settings.sub"))
                .body(form, box("stack formend", new Div(save), said));
        var side = box(
                "stack",
                new Panel(getTranslation("campaigns.state")).body(state),
                new Panel(getTranslation("settings.name")).body(box("stack", name, new Div(rename))));
        var rules = new RulesPanel(conduct, account, id);
        add(new PageHead(title()), box("aside", box("stack", settings, rules), side));
        drawState();
    }

    private UUID id() {
        return Objects.requireNonNull(campaign);
    }

    private void save() {
        said.removeAll();
        form.typed().ifPresent(typed -> {
            try {
                campaigns.change(account.person(), id(), typed, Set.of(read.tag()));
                read = typed;
                say("settings.saved", Icon.CHECK, "ok");
            } catch (Problem problem) {
                refused(problem);
            }
        });
    }

    private void refused(Problem problem) {
        if (problem.code().equals("changed_meanwhile")) {
            say("settings.changed", Icon.WARNING, "warn");
            said.add(new Button(getTranslation("settings.theirs"), click -> {
                read = campaigns.settings(account.person(), id());
                form.show(read);
                said.removeAll();
            }));
        } else if (!form.complain(String.valueOf(problem.properties().get("field")))) {
            said.add(note(Icon.WARNING, problem.detail(), "warn"));
        }
    }

    private void say(String key, Icon icon, String kind) {
        said.addClassName("stack");
        said.getElement().setAttribute("role", "status");
        said.add(note(icon, getTranslation(key), kind));
    }

    private void rename() {
        name.setInvalid(false);
        try {
            campaigns.rename(account.person(), id(), readName, name.getValue());
            UI.getCurrent().refreshCurrentRoute(true);
        } catch (Problem problem) {
            name.setErrorMessage(problem.detail());
            name.setInvalid(true);
        }
    }

    private void drawState() {
        var now = campaigns.overview(account.person(), id());
        readName = now.name();
        name.setValue(readName);
        state.removeAll();
        state.add(new Div(chip(word("state.", now.state()), now.state() == CampaignState.OPEN ? "ok" : "warn")));
        state.add(new Div(getTranslation("settings.state." + now.state().name().toLowerCase(Locale.ROOT))));
        var buttons = box("row wrap");
        switch (now.state()) {
            case OPEN -> buttons.add(enter("settings.pause", now.state(), CampaignState.PAUSED), close(now.state()));
            case PAUSED -> buttons.add(enter("settings.resume", now.state(), CampaignState.OPEN), close(now.state()));
            case CLOSED -> buttons.add(enter("settings.reopen", now.state(), CampaignState.OPEN));
        }
        state.add(buttons);
    }

    private String word(String prefix, CampaignState now) {
        return getTranslation(prefix + now.name().toLowerCase(Locale.ROOT));
    }

    private Component enter(String key, CampaignState shown, CampaignState wanted) {
        return new Button(getTranslation(key), click -> enter(shown, wanted));
    }

    private void enter(CampaignState shown, CampaignState wanted) {
        try {
            campaigns.enter(account.person(), id(), shown, wanted);
        } finally {
            drawState();
        }
    }

    private Component close(CampaignState shown) {
        var close = new Button(getTranslation("settings.close"), click -> {
            var dialog = new ConfirmDialog(
                    getTranslation("settings.close.title"),
                    getTranslation("settings.close.help"),
                    getTranslation("settings.close"),
                    confirmed -> enter(shown, CampaignState.CLOSED));
            dialog.setCancelable(true);
            dialog.setCancelText(getTranslation("dialog.cancel"));
            dialog.open();
        });
        close.addThemeNames("error");
        return close;
    }
}
