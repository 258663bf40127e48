package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** What the campaign will take, as far as it is known. */
class SummaryPanel extends Panel {
    private final Div figures = new Div();

    SummaryPanel() {
        super(translate("wizard.summary"));
        body(figures);
    }

    /** @param seconds that a judgement takes */
    void show(WizardState state, double seconds) {
        figures.removeAll();
        if (state.checked().isEmpty()) {
            figures.add(text(translate("wizard.summary.none"), "s", "muted"));
            return;
        }
        var numbers = DraftNumbers.of(state.choices(), state.checked().get(), seconds);
        var list = new DescriptionList();
        list.addClassName("facts");
        row(list, "wizard.summary.pairs", Figures.count(numbers.pairs()));
        if (state.newCampaign()) {
            row(list, "wizard.summary.uniform", Figures.count(numbers.uniform()));
            row(list, "wizard.summary.known", Figures.count(numbers.known()));
            row(list, "wizard.summary.labels", Figures.count(numbers.labels()));
            row(list, "wizard.summary.gold", Figures.count(numbers.gold()));
            row(list, "wizard.summary.hours", Figures.count(Math.round(numbers.hours())));
            row(list, "wizard.summary.days", Figures.count((long) Math.ceil(numbers.days())));
        }
        figures.add(list);
        if (state.newCampaign()) {
            figures.add(foot(translate(
                    "wizard.summary.foot",
                    Figures.seconds(seconds),
                    Figures.count(Math.max(1, numbers.annotators())))));
        }
    }

    private static void row(DescriptionList list, String key, String figure) {
        list.add(new DescriptionList.Term(translate(key)), new DescriptionList.Description(figure));
    }
}
