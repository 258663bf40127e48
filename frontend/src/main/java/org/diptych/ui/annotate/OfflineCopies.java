package org.diptych.ui.annotate;

import com.vaadin.flow.component.Component;

/** What the workspace's service worker keeps for one account in a browser: its last answers and the waiting pictures. */
public final class OfflineCopies {
    /** The names bear the path that the product is served under; see the workspace's own code. */
    private static final String FORGET = """
        const base = new URL(".", document.baseURI).pathname;
        const own = ["data", "pictures"].map(name => "diptych-workspace-" + name + (base === "/" ? "" : base));
        globalThis.caches?.keys().then(names => names
            .filter(name => own.includes(name))
            .forEach(name => caches.delete(name)))\
        """;

    private OfflineCopies() {}

    /** Makes the browser that shows a page forget them: nobody is signed in there. Answers on their way are not touched. */
    public static void forget(Component page) {
        page.getElement().executeJs(FORGET);
    }
}
