package org.diptych.ui.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.CampaignSummary;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.CampaignClone;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Question;

/** What can be done with a campaign as a whole, in the menu at the end of its line. */
class CampaignActions {
    private static final int LONGEST_NAME = 120;

    private final CampaignService campaigns;
    private final CampaignClone clone;
    private final CurrentAccount account;
    private final Runnable changed;

    CampaignActions(CampaignService campaigns, CampaignClone clone, CurrentAccount account, Runnable changed) {
        this.campaigns = campaigns;
        this.clone = clone;
        this.account = account;
        this.changed = changed;
    }

    Button menu(CampaignSummary campaign, boolean archived) {
        var button = new Button(Icon.DOTS.draw());
        button.addThemeNames("tertiary", "icon", "small");
        button.setAriaLabel(translate("campaigns.more", campaign.name()));
        button.getElement().setAttribute("aria-haspopup", "menu");
        var menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        menu.addItem(translate("settings.rename"), click -> rename(campaign));
        menu.addItem(translate("campaigns.clone"), click -> clone(campaign));
        if (archived) {
            menu.addItem(
                    translate("campaigns.restore"),
                    click -> change(() -> campaigns.restore(account.person(), campaign.id())));
            return button;
        }
        switch (CampaignState.valueOf(campaign.state())) {
            case OPEN, PAUSED ->
                menu.addItem(
                        translate("settings.close"),
                        click -> Question.ask(
                                translate("settings.close.title"),
                                translate("settings.close.help"),
                                translate("settings.close"),
                                () -> enter(campaign, CampaignState.CLOSED)));
            case CLOSED -> {
                menu.addItem(translate("settings.reopen"), click -> enter(campaign, CampaignState.OPEN));
                menu.addItem(translate("campaigns.archive"), click -> archive(campaign));
            }
        }
        return button;
    }

    void enter(CampaignSummary campaign, CampaignState wanted) {
        change(() -> campaigns.enter(account.person(), campaign.id(), CampaignState.valueOf(campaign.state()), wanted));
    }

    /** Whatever comes of it, the list shows how it is then. */
    private void change(Runnable change) {
        try {
            change.run();
        } finally {
            changed.run();
        }
    }

    private void archive(CampaignSummary campaign) {
        var dialog = new ConfirmDialog(
                translate("campaigns.archive.title"),
                translate("campaigns.archive.help"),
                translate("campaigns.archive"),
                confirmed -> change(() -> campaigns.archive(account.person(), campaign.id())));
        dialog.setCancelable(true);
        dialog.setCancelText(translate("dialog.cancel"));
        dialog.open();
    }

    private void rename(CampaignSummary campaign) {
        var name = name(campaign.name());
        ask(translate("settings.rename"), name, "settings.rename", typed -> {
            campaigns.rename(account.person(), campaign.id(), campaign.name(), typed);
            changed.run();
        });
    }

    private void clone(CampaignSummary campaign) {
        var name = name("");
        var gold = new Checkbox(translate("campaigns.clone.gold"), true);
        var members = new Checkbox(translate("campaigns.clone.members"), true);
        ask(
                translate("campaigns.clone.title", campaign.name()),
                name,
                "campaigns.clone",
                typed -> {
                    var made = clone.make(
                            account.person(),
                            campaign.id(),
                            new CampaignClone.Wanted(typed, gold.getValue(), members.getValue()));
                    UI.getCurrent().navigate("campaigns/" + made);
                },
                gold,
                members);
    }

    private static TextField name(String value) {
        var name = new TextField(translate("import.name"));
        name.setValue(value);
        name.setMaxLength(LONGEST_NAME);
        name.setManualValidation(true);
        name.setWidthFull();
        return name;
    }

    /** The dialog stays, with what was typed, until the change is made. */
    private static void ask(
            String title, TextField name, String verb, Consumer<String> confirmed, Checkbox... choices) {
        var dialog = new Dialog();
        dialog.setHeaderTitle(title);
        dialog.setWidth("440px");
        var content = box("stack", name);
        content.add(choices);
        dialog.add(content);
        var confirm = new Button(translate(verb), click -> {
            name.setInvalid(false);
            try {
                confirmed.accept(name.getValue());
                dialog.close();
            } catch (Problem problem) {
                name.setErrorMessage(problem.detail());
                name.setInvalid(true);
            }
        });
        confirm.addThemeNames("primary");
        dialog.getFooter().add(new Button(translate("dialog.cancel"), click -> dialog.close()), confirm);
        dialog.open();
        name.focus();
    }
}
