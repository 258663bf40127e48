package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.Icon;
import org.jspecify.annotations.Nullable;

/** Asks for what is to be said to something that is done, and does it. What is refused stays, with the reason at its field. */
final class ReasonDialog extends Dialog {
    private final TextArea words = new TextArea();
    private final @Nullable DatePicker day;
    private final Div said = new Div();
    private final BiConsumer<String, @Nullable LocalDate> act;

    /**
     * A dialog, not open yet.
     *
     * @param key of its texts: {@code key.title}, {@code key.help}, {@code key.label}, and {@code key} for the button
     * @param longest characters that may be written
     * @param act does it
     */
    ReasonDialog(String key, int longest, Consumer<String> act) {
        this(key, longest, null, (text, _) -> act.accept(text));
    }

    /** The same with a day. */
    ReasonDialog(String key, int longest, @Nullable DatePicker day, BiConsumer<String, @Nullable LocalDate> act) {
        this.act = act;
        this.day = day;
        setHeaderTitle(getTranslation(key + ".title"));
        setWidth("min(520px, 90vw)");
        words.setLabel(getTranslation(key + ".label"));
        words.setWidthFull();
        words.setMinRows(3);
        words.setMaxLength(longest);
        said.getElement().setAttribute("role", "status");
        var content = box("stack", new Paragraph(getTranslation(key + ".help")));
        if (day != null) {
            content.add(day);
        }
        content.add(words, said);
        add(content);
        var send = new Button(getTranslation(key), click -> send());
        send.addThemeNames("primary");
        getFooter().add(new Button(getTranslation("dialog.cancel"), click -> close()), send);
    }

    private void send() {
        said.removeAll();
        words.setInvalid(false);
        try {
            act.accept(words.getValue(), day == null ? null : day.getValue());
            close();
        } catch (Problem problem) {
            var field = String.valueOf(problem.properties().get("field"));
            if (field.equals("reason") || field.equals("text")) {
                // an empty field is the usual case; what else is wrong with the words only the problem says
                words.setErrorMessage(
                        words.getValue().isBlank() ? getTranslation("conduct.words.missing") : problem.detail());
                words.setInvalid(true);
            } else if (field.equals("from") && day != null) {
                day.setErrorMessage(getTranslation("conduct.exclude.day.error"));
                day.setInvalid(true);
            } else {
                said.add(note(Icon.WARNING, problem.detail(), "warn"));
            }
        }
    }
}
