package org.diptych.ui.quality;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.AnnotatorStanding;
import org.diptych.ui.shell.Panel;

/** Gives an annotator another try, with a reason that is kept. */
class TryPanel extends Panel {
    private static final int LONGEST_REASON = 1_000;

    private final TextField reason = new TextField(translate("annotators.reason"));

    TryPanel(AnnotatorStanding annotator, Consumer<String> give) {
        super(translate("annotators.try.who", annotator.account().displayName()));
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        reason.setHelperText(translate("annotators.reason.help"));
        var button = new Button(translate("annotators.try"), click -> {
            reason.setInvalid(false);
            try {
                give.accept(reason.getValue());
                removeFromParent();
            } catch (Problem problem) {
                reason.setErrorMessage(problem.detail());
                reason.setInvalid(true);
            }
        });
        button.addThemeNames("primary");
        var cancel = new Button(translate("annotators.cancel"), click -> removeFromParent());
        body(box("stack", reason, box("row", button, cancel)));
    }

    void focus() {
        reason.focus();
    }
}
