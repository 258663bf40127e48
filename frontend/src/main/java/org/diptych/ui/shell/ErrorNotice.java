package org.diptych.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;

/** A page in the place of one that cannot be shown: what happened, what to do, and a way back. */
abstract class ErrorNotice extends Div implements HasDynamicTitle {
    private String title = "";

    /** Fills the page. */
    void say(String newTitle, String text) {
        title = newTitle;
        removeAll();
        addClassNames("panel", "empty");
        var back = new Anchor(".", getTranslation("error.back"));
        back.addClassName("button");
        add(new H2(title), new Paragraph(text), back);
    }

    @Override
    public String getPageTitle() {
        return title + " · Diptych";
    }
}
