package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.bar;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.diptych.service.account.NewAccount;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.draft.CampaignDraft;
import org.diptych.service.draft.CampaignDraft.Work;
import org.diptych.service.draft.DraftChoices;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.ShownOnce;
import org.jspecify.annotations.Nullable;

/** What will happen, how far it is, and what has come of it. */
class ReviewPart extends Div implements WizardPart {
    private final Function<CampaignDraft, List<NewAccount>> passwords;
    private final double seconds;
    private final Div counter = new Div();
    private @Nullable Object shown;

    /**
     * @param passwords hands out the first passwords of accounts that the launch has made, once
     * @param seconds that a judgement takes
     */
    ReviewPart(WizardState state, double seconds, Function<CampaignDraft, List<NewAccount>> passwords) {
        this.passwords = passwords;
        this.seconds = seconds;
        addClassName("stack");
        getElement().setAttribute("aria-live", "polite");
        // not at every line
        counter.getElement().setAttribute("aria-live", "off");
        refresh(state);
    }

    @Override
    public void refresh(WizardState state) {
        var draft = state.draft();
        if (draft == null) {
            return;
        }
        counter.removeAll();
        counter.add(count(draft));
        var now = List.of(
                draft.work(),
                draft.version(),
                Optional.ofNullable(draft.failure()),
                Optional.ofNullable(draft.checked()).isPresent());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        removeAll();
        switch (draft.work()) {
            case LAUNCHED -> launched(draft);
            case LAUNCHING -> launching();
            case NONE, CHECKING -> review(state, draft);
        }
    }

    private void review(WizardState state, CampaignDraft draft) {
        if (draft.failure() != null) {
            add(note(Icon.WARNING, WizardWords.of(draft.failure()), "err"));
        }
        if (draft.work() == Work.CHECKING) {
            add(counter);
            return;
        }
        var checked = draft.checked();
        if (checked == null) {
            add(note(Icon.WARNING, translate("wizard.problem.not_checked"), "warn"));
            return;
        }
        var report = checked.report();
        if (report.rejected() > 0) {
            add(note(Icon.WARNING, translate("wizard.review.rejected", Figures.count(report.rejected())), "warn"));
        }
        var numbers = DraftNumbers.of(draft.choices(), checked, seconds);
        var list = new UnorderedList();
        list.addClassName("plain");
        if (state.newCampaign()) {
            var choices = draft.choices();
            say(list, translate("wizard.review.made", choices.name(), choices.protocol()));
            say(
                    list,
                    translate(
                            "wizard.review.labels",
                            Figures.count(numbers.uniform()),
                            Figures.count(choices.settings().uniformLabels()),
                            Figures.count(numbers.pairs() - numbers.uniform()),
                            Figures.count(choices.settings().acquiredLabels())));
            say(
                    list,
                    translate(
                            "wizard.review.gold",
                            Figures.count(numbers.known()),
                            Figures.percent(choices.gold().rate())));
            say(
                    list,
                    translate(
                            "wizard.review.policy",
                            choices.settings().acquisitionPolicy(),
                            Figures.count(choices.settings().retrainEvery())));
            say(
                    list,
                    choices.people().isEmpty()
                            ? translate("wizard.review.nobody")
                            : translate(
                                    "wizard.review.people",
                                    Figures.count(choices.people().size())));
        } else {
            say(
                    list,
                    translate(
                            "wizard.review.into",
                            Figures.count(report.pairs()),
                            draft.choices().name()));
        }
        say(list, translate("wizard.review.atonce"));
        add(new Panel(translate("wizard.review.title")).body(list));
    }

    private static void say(UnorderedList list, String words) {
        list.add(new ListItem(words));
    }

    private static Div count(CampaignDraft draft) {
        if (draft.work() != Work.LAUNCHING) {
            return note(Icon.INFO, translate("wizard.checking", Figures.count(draft.rowsRead())), "");
        }
        var checked = draft.checked();
        long rows = checked == null
                ? 0
                : checked.contents().rows() + checked.report().rejected();
        var words = translate("wizard.launching", Figures.count(draft.rowsRead()), Figures.count(rows));
        var unknown = new ProgressBar();
        unknown.setIndeterminate(true);
        return box(
                "stack",
                text(words, "s"),
                rows == 0 ? unknown : bar(words, Math.min(1, (double) draft.rowsRead() / rows)));
    }

    private void launching() {
        add(new Panel(translate("wizard.launching.title"))
                .body(box("stack", counter, text(translate("wizard.launching.leave"), "s", "muted"))));
    }

    private void launched(CampaignDraft draft) {
        var campaign = draft.campaign();
        add(note(Icon.CHECK, translate("wizard.launched", draft.choices().name()), "ok"));
        var made = passwords.apply(draft);
        if (!made.isEmpty()) {
            var list = box("stack");
            made.forEach(each -> list.add(
                    new ShownOnce(translate("members.created", each.account().name()), each.password())));
            add(new Panel(translate("wizard.launched.passwords"))
                    .says(translate("wizard.launched.passwords.help"))
                    .body(list));
        } else if (draft.newAccounts() > 0) {
            add(note(
                    Icon.WARNING,
                    translate("wizard.launched.passwords.gone", Figures.count(draft.newAccounts())),
                    "warn"));
        }
        var people = new Anchor("campaigns/" + campaign + "/members", translate("wizard.launched.people"));
        var open = new Anchor("campaigns/" + campaign, translate("import.open"));
        if (draft.checked() != null) {
            // the launch was refused unless it found the same
            add(new ImportReportPanel(imported(draft.checked().report(), draft), draft.id()));
        }
        boolean nobody =
                draft.choices().addTo() == null && draft.choices().people().isEmpty();
        people.addClassName("button");
        open.addClassName("button");
        (nobody ? people : open).addClassName("primary");
        add(nobody ? box("row wrap", people, open) : box("row wrap", open, people));
    }

    private static ImportReport imported(ImportReport checked, CampaignDraft draft) {
        return new ImportReport(
                draft.campaign(),
                draft.choices().name(),
                false,
                checked.items(),
                checked.candidates(),
                checked.pairs(),
                checked.unchanged(),
                checked.rejected(),
                checked.problems(),
                checked.warned(),
                checked.warnings());
    }

    @Override
    public Optional<DraftChoices> chosen(DraftChoices before) {
        return Optional.of(before);
    }

    @Override
    public boolean complain(String field, String words) {
        return false;
    }
}
