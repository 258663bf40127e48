package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.ui.shell.Figures;

/** What annotators are asked under a protocol: the questions, the answers that they choose from, and when they may skip. */
class ProtocolPreview extends Div {
    ProtocolPreview(Protocol protocol, String language) {
        addClassName("stack");
        for (var dimension : protocol.dimensions()) {
            add(box(
                    "stack tight",
                    new H3(dimension.title().in(language)),
                    new Paragraph(dimension.question().in(language)),
                    protocol.mode() == AnswerMode.RATING ? ratings(dimension, language) : comparisons()));
        }
        add(foot(translate(
                "wizard.protocol.skips",
                protocol.skipReasons().stream()
                        .map(reason -> reason.title().in(language))
                        .collect(Collectors.joining(", ")))));
        var qualification = protocol.qualification();
        add(foot(translate(
                "wizard.protocol.qualification",
                Figures.count(qualification.examples()),
                Figures.wholePercent(qualification.passMark()),
                Figures.count(qualification.tries()))));
    }

    /** Both pictures are rated, on the same levels. */
    private static Div ratings(Dimension dimension, String language) {
        var rows = new Div();
        rows.addClassNames("stack", "tight");
        dimension
                .levels()
                .forEach(level -> rows.add(box(
                        "row",
                        chip(level.value() + "  " + level.label().in(language), "line"),
                        text(level.text().in(language), "s", "muted"))));
        return rows;
    }

    private static Div comparisons() {
        var answers = box("row wrap");
        Arrays.stream(Comparison.values())
                .forEach(answer -> answers.add(chip(translate("pair.comparison." + answer.word()), "line")));
        return answers;
    }
}
