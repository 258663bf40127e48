package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.draft.CampaignDrafts;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;
import org.diptych.ui.shell.Question;

/**
 * Campaigns to be, with a way to go on and one to throw each away; and those that were started and whose new accounts still
 * wait for their first passwords. Nothing where there are none.
 */
public class DraftPanel extends Div {
    private final CampaignDrafts drafts;
    private final CurrentAccount account;

    /** The drafts that somebody may see. */
    public DraftPanel(CampaignDrafts drafts, CurrentAccount account) {
        this.drafts = drafts;
        this.account = account;
        draw();
    }

    private void draw() {
        removeAll();
        var open = drafts.list(account.person());
        setVisible(!open.isEmpty());
        if (open.isEmpty()) {
            return;
        }
        var table = new FigureTable(
                Column.words(translate("import.name")),
                Column.words(translate("wizard.drafts.maker")),
                Column.words(translate("wizard.drafts.step")),
                Column.words(translate("wizard.drafts.changed")),
                Column.words(translate("table.actions")));
        for (var draft : open) {
            table.row(
                    Parts.written(name(draft), "strong"),
                    Parts.written(draft.owner()),
                    step(draft),
                    text(Figures.moment(draft.changedAt()), "muted"),
                    actions(draft));
        }
        var panel = new Panel(translate("wizard.drafts")).wide(table);
        panel.addClassName("gap");
        add(panel);
    }

    private static String name(CampaignDraft draft) {
        var name = draft.choices().name();
        return name.isBlank() ? translate("wizard.drafts.unnamed") : name;
    }

    private static String step(CampaignDraft draft) {
        return switch (draft.work()) {
            case LAUNCHING -> translate("wizard.launching.title");
            case LAUNCHED -> translate("wizard.drafts.launched", Figures.count(draft.newAccounts()));
            case NONE, CHECKING -> translate(WizardState.of(draft).step().key());
        };
    }

    private Div actions(CampaignDraft draft) {
        if (draft.work() == Work.LAUNCHED) {
            var see = new Anchor("campaigns/new/" + draft.id(), translate("wizard.drafts.passwords"));
            see.addClassNames("button", "small", "primary");
            see.getElement().setAttribute("aria-label", translate("wizard.drafts.passwords.of", name(draft)));
            return box("row wrap", see);
        }
        var go = new Anchor("campaigns/new/" + draft.id(), translate("wizard.drafts.continue"));
        go.addClassNames("button", "small");
        go.getElement().setAttribute("aria-label", translate("wizard.drafts.continue.with", name(draft)));
        var discard = new Button(
                translate("wizard.drafts.discard"),
                click -> Question.ask(
                        translate("wizard.drafts.discard.title"),
                        translate("wizard.drafts.discard.help"),
                        translate("wizard.drafts.discard"),
                        () -> discard(draft)));
        discard.addThemeNames("small");
        discard.setAriaLabel(translate("wizard.drafts.discard.of", name(draft)));
        return box("row wrap", go, discard);
    }

    private void discard(CampaignDraft draft) {
        try {
            drafts.discard(account.person(), draft.id());
            draw();
        } catch (Problem problem) {
            draw();
            add(Parts.note(Icon.WARNING, WizardWords.of(problem), "warn"));
            setVisible(true);
        }
    }
}
