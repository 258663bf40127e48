package org.diptych.ui.reward;

import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.Locale;
import org.diptych.service.reward.SetAsideCandidates.SetAside;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** The candidates that could not be encoded, with why and what becomes of them; empty while there are none. */
final class SetAsidePanel extends Div {
    private static final long serialVersionUID = 1L;
    static final int MOST = 50;

    private transient List<SetAside> shown = List.of();

    void show(List<SetAside> now) {
        if (now.equals(shown)) {
            return;
        }
        shown = List.copyOf(now);
        removeAll();
        if (now.isEmpty()) {
            return;
        }
        var table = new FigureTable(
                Column.words(getTranslation("models.aside.item")),
                Column.words(getTranslation("models.aside.cause")),
                Column.words(getTranslation("models.aside.reason")),
                Column.figures(getTranslation("models.aside.tries")),
                Column.words(getTranslation("models.aside.tried")));
        for (var candidate : now) {
            var cause = candidate.cause().name().toLowerCase(Locale.ROOT);
            table.row(
                    text(candidate.item(), "strong"),
                    chip(getTranslation("models.aside.cause." + cause), "warn"),
                    text(candidate.reason()),
                    Figures.count(candidate.tries()),
                    text(Figures.moment(candidate.triedAt()), "muted", "nowrap"));
        }
        var panel = new Panel(
                        getTranslation("models.aside", Figures.count(now.size()) + (now.size() == MOST ? "+" : "")))
                .says(getTranslation("models.aside.help"))
                .wide(table);
        panel.addClassName("gap");
        add(panel);
    }
}
