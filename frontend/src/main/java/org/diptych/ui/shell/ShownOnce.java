package org.diptych.ui.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;

/** A password or a token, which is shown this one time, with a button that copies it. */
public class ShownOnce extends Div {
    /** The given secret under a sentence that says what it is. */
    public ShownOnce(String sentence, String secret) {
        addClassName("stack");
        var value = new Code(secret);
        value.addClassName("secret");
        var copy = new Button(getTranslation("secret.copy"));
        copy.addThemeNames("small");
        copy.addClickListener(click -> {
            // without a secure connection browsers have no clipboard to write to: then it is selected
            copy.getElement()
                    .executeJs(
                            "try { await navigator.clipboard.writeText($0); return true } catch (none) {"
                                    + " getSelection().selectAllChildren($1); return false }",
                            secret,
                            value.getElement())
                    .then(
                            Boolean.class,
                            done -> copy.setText(getTranslation(done ? "secret.copied" : "secret.select")));
        });
        add(Parts.note(Icon.CHECK, sentence, "ok"), value, new Div(copy));
    }
}
