package org.diptych.ui.protocol;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Locale;
import org.diptych.service.protocol.ProtocolChange;
import org.diptych.ui.shell.Figures;

/** Asks before a campaign moves to another version: what annotators will read anew, and what the move does to the figures. */
class MoveDialog extends Dialog {
    /**
     * A question that is not open yet.
     *
     * @param labels labels under the version in use, which are counted on their own from then on
     * @param move what to do when the answer is yes
     */
    MoveDialog(ProtocolChange change, long labels, Runnable move) {
        setHeaderTitle(getTranslation("protocol.move.to", change.to().reference()));
        setWidth("min(720px, 92vw)");
        var consequences = new Div(
                new Paragraph(getTranslation("protocol.move.held", change.from().reference())),
                new Paragraph(getTranslation("protocol.move.read")),
                new Paragraph(getTranslation(
                        "protocol.move.counted",
                        Figures.count(labels),
                        change.from().reference())));
        var sections = box("stack");
        change.sections().forEach(section -> sections.add(section(section)));
        if (change.sections().isEmpty()) {
            sections.add(text(getTranslation("protocol.move.same"), "muted"));
        }
        add(box("stack", consequences, text(getTranslation("protocol.move.changes"), "strong"), sections));
        var stay = new Button(getTranslation("protocol.move.stay"), click -> close());
        var yes = new Button(getTranslation("protocol.move"), click -> {
            close();
            move.run();
        });
        yes.addThemeNames("primary");
        getFooter().add(stay, yes);
    }

    private Component section(ProtocolChange.Section section) {
        var head = getTranslation("protocol.part." + section.part().name().toLowerCase(Locale.ROOT));
        var runs = new Div();
        runs.addClassNames("protocol-change", "written");
        runs.getElement().setAttribute("dir", "auto").setAttribute("translate", "no");
        section.runs().forEach(run -> runs.add(run(run)));
        return box(
                "stack", text(section.title().isEmpty() ? head : head + " · " + section.title(), "muted", "s"), runs);
    }

    /** Browsers and screen readers know {@code ins} and {@code del} as text that came and text that went. */
    private static Component run(ProtocolChange.Run run) {
        return switch (run.kind()) {
            case SAME -> new Words("span", run.text());
            case INSERTED -> new Words("ins", run.text());
            case DELETED -> new Words("del", run.text());
        };
    }

    private static final class Words extends HtmlComponent {
        Words(String tag, String text) {
            super(tag);
            getElement().setText(text);
        }
    }
}
