package org.diptych.ui.annotate;

import com.vaadin.flow.component.Component;

/** Workspaces that are open in other tabs of a browser. */
public final class OpenWorkspaces {
    /** The channel's name bears the path that the product is served under; see the workspace's own code. */
    private static final String TELL = """
        if (globalThis.BroadcastChannel) {
            const base = new URL(".", document.baseURI).pathname;
            const channel = new BroadcastChannel("diptych-session" + (base === "/" ? "" : base));
            channel.postMessage(null);
            channel.close();
        }\
        """;

    private OpenWorkspaces() {}

    /** Makes them look who is signed in: a page that begins may come after a sign-in or a sign-out. */
    public static void tell(Component page) {
        page.getElement().executeJs(TELL);
    }
}
