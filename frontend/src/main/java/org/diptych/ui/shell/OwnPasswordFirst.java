package org.diptych.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;

/** Sends everybody whose password somebody else knows to the page where they choose an own one. */
public final class OwnPasswordFirst {
    /** Where that page is. */
    public static final String PLACE = "password";

    private OwnPasswordFirst() {}

    static void lead(BeforeEnterEvent event, CurrentAccount account) {
        if (account.mustChoosePassword() != event.getLocation().getPath().equals(PLACE)) {
            event.forwardTo(account.mustChoosePassword() ? PLACE : "");
        }
    }
}
