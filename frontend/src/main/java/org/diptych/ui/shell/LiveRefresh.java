package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a page's data again while somebody looks at it. The browser asks, so nothing runs on the server for a page that
 * nobody has open, and any proxy will do.
 */
public final class LiveRefresh {
    private LiveRefresh() {}

    /** Runs {@code refresh} at the given interval, at least a second, as long as the page is attached. */
    public static void every(Duration interval, Component page, Runnable refresh) {
        page.addAttachListener(attached -> {
            UI ui = attached.getUI();
            ui.setPollInterval((int) Math.max(1_000, interval.toMillis()));
            Registration polling = ui.addPollListener(poll -> refresh.run());
            page.addDetachListener(detached -> {
                detached.unregisterListener();
                polling.remove();
                stopWhenIdle(ui);
            });
        });
    }

    private static void stopWhenIdle(UI ui) {
        Optional.of(ui).filter(UI::isAttached).ifPresent(attached -> attached.setPollInterval(-1));
    }
}
