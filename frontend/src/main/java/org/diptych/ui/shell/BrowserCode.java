package org.diptych.ui.shell;

import com.vaadin.flow.component.AttachEvent;

/** The bundles of custom elements. A page fetches those that something on it draws with, and no other. */
public enum BrowserCode {
    /** The charts. */
    CHARTS("charts"),
    /** What stands beside pairs and pictures. */
    PICTURES("pictures"),
    /** Where disputed pairs are decided. */
    ADJUDICATION("adjudication");

    private final String bundle;

    BrowserCode(String bundle) {
        this.bundle = bundle;
    }

    /** Fetches the bundle for the page that something comes to stand on; once, however often it is asked. */
    public void on(AttachEvent attached) {
        attached.getUI().getPage().addJsModule("context://wc/" + bundle + ".js");
    }
}
