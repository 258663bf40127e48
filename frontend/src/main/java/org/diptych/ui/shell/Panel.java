package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/** A thing of a page that has its own heading. */
public class Panel extends Section {
    private final Header header = new Header();

    /** A panel with the given heading and nothing in it. */
    public Panel(String heading) {
        addClassName("panel");
        header.add(new H2(heading));
        add(header);
    }

    /** Adds what stands at the right end of the heading. */
    public Panel end(Component... parts) {
        var end = new Div(parts);
        end.addClassName("end");
        header.add(end);
        return this;
    }

    /** Adds a sentence under the heading. */
    public Panel says(String sentence) {
        header.add(new Paragraph(sentence));
        return this;
    }

    /** Adds content with the panel's own margins. */
    public Panel body(Component... parts) {
        var body = new Div(parts);
        body.addClassName("body");
        add(body);
        return this;
    }

    /** Adds content from edge to edge, e.g. a table. */
    public Panel wide(Component... parts) {
        var body = new Div(parts);
        body.getStyle().set("margin-top", "8px");
        add(body);
        return this;
    }
}
