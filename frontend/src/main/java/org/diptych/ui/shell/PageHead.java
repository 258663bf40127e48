package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;

/** The title of a page, a sentence under it, and what can be done at the right. */
public class PageHead extends Div {
    private final Paragraph sentence = new Paragraph();

    /** A head with the given title and actions. */
    public PageHead(String title, Component... actions) {
        addClassName("head");
        sentence.addClassName("sub");
        var end = new Div(actions);
        end.addClassName("acts");
        var heading = new H1(title);
        // it may be the name of a campaign
        heading.getElement().setAttribute("dir", "auto");
        add(new Div(heading, sentence), end);
    }

    /** Sets the sentence under the title. */
    public PageHead says(String text) {
        sentence.setText(text);
        return this;
    }
}
