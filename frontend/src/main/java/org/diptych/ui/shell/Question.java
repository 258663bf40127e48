package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something that cannot be taken back. */
public final class Question {
    private Question() {}

    /**
     * Asks.
     *
     * @param title what is about to happen
     * @param consequences what comes of it
     * @param verb the button that does it
     * @param confirmed does it
     */
    public static void ask(String title, String consequences, String verb, Runnable confirmed) {
        var dialog = new ConfirmDialog(title, consequences, verb, _ -> confirmed.run());
        dialog.setCancelable(true);
        dialog.setCancelText(translate("question.cancel"));
        dialog.setConfirmButtonTheme("error primary");
        dialog.open();
    }
}
