package org.diptych.annotate;

import com.vaadin.flow.component.Component;

/** What the workspace's service worker keeps for one account in a browser: its last answers and the waiting pictures. */
public final class OfflineCopies {
    private static final String FORGET = """
            globalThis.caches?.keys().then(names => names
                .filter(name => ["diptych-workspace-data", "diptych-workspace-pictures"].includes(name))
                .forEach(name => caches.delete(name)))""";

    private OfflineCopies() {}

    /** Makes the browser that shows a page forget them: nobody is signed in there. Answers on their way are not touched. */
    public static void forget(Component page) {
        page.getElement().executeJs(FORGET);
    }
}
