package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;

/** Shows a password just made, until it is closed. */
public final class NewPassword {
    private NewPassword() {}

    /** Shows it for the person of the given name. */
    public static void show(String person, String password) {
        var dialog = new Dialog();
        dialog.setHeaderTitle(translate("password.new.title", person));
        dialog.add(new ShownOnce(translate("password.new.once"), password));
        dialog.getFooter().add(new Button(translate("password.new.close"), click -> dialog.close()));
        // neither a click beside it nor a key must lose the only copy
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        dialog.open();
    }
}
