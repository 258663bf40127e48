package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;

/** Small parts that pages are made of. */
public final class Parts {
    private Parts() {}

    /** A chip; the kind is {@code ok}, {@code warn}, {@code err}, {@code line} or empty. */
    public static Span chip(String text, String kind) {
        var chip = new Span(text);
        chip.addClassName("chip");
        if (!kind.isEmpty()) {
            chip.addClassName(kind);
        }
        return chip;
    }

    /** Text in the given style classes. */
    public static Span text(String text, String... classes) {
        var span = new Span(text);
        span.addClassNames(classes);
        return span;
    }

    /**
     * What somebody wrote (an instruction, a category, a comment, a name), as they wrote it: with its lines, in its own
     * direction, in a language that is not known, and left alone by page translators.
     */
    public static Span written(String text, String... classes) {
        var span = text(lines(text), classes);
        span.addClassName("written");
        span.getElement().setAttribute("dir", "auto").setAttribute("lang", "").setAttribute("translate", "no");
        return span;
    }

    /**
     * The same for a cell that the browser draws: the template of a block with the given style classes.
     *
     * @param property the item's property that has the text, with its {@link #lines}
     */
    public static String writtenCell(String property, String classes) {
        return "<div class='written %s' dir='auto' lang='' translate='no' .textContent=${item.%s}></div>"
                .formatted(classes, property);
    }

    /** Every kind of line end as the one that browsers break at. */
    public static String lines(String text) {
        return text.replaceAll("\\R", "\n");
    }

    /** Small print under a chart or a table. */
    public static Paragraph foot(String text) {
        var foot = new Paragraph(text);
        foot.addClassName("foot");
        return foot;
    }

    /** A box of the given style classes. */
    public static Div box(String classes, Component... parts) {
        var box = new Div(parts);
        box.addClassNames(classes.split(" "));
        return box;
    }

    /** A line that says something with an icon; the kind is {@code ok}, {@code warn}, {@code err} or empty. */
    public static Div note(Icon icon, String text, String kind) {
        var note = new Div(icon.draw(), new Span(text));
        note.addClassName("note");
        if (!kind.isEmpty()) {
            note.addClassName(kind);
        }
        return note;
    }

    /** A headline figure: what it is, the figure, and what it must be read with. */
    public static Div figure(String name, String value, String detail) {
        return box("kpi", box("k", new Span(name)), box("v", new Span(value)), box("d", new Span(detail)));
    }

    /** A progress bar; the share is 0 to 1. */
    public static Div bar(String label, double share) {
        var percent = Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10.0;
        var bar = new Div();
        bar.addClassName("bar");
        bar.getElement()
                .setAttribute("role", "progressbar")
                .setAttribute("aria-label", label)
                .setAttribute("aria-valuemin", "0")
                .setAttribute("aria-valuemax", "100")
                .setAttribute("aria-valuenow", String.valueOf(percent));
        bar.getElement().appendChild(new Element("i").setAttribute("style", "width:" + percent + "%"));
        return bar;
    }

    /** An entry of a legend in one of the series colours {@code s0} to {@code s3}. */
    public static Span legend(String tone, String text) {
        var mark = new Element("i").setAttribute("class", "sq").setAttribute("style", "background:var(--" + tone + ")");
        var entry = new Span();
        entry.getElement().appendChild(mark, new Span(text).getElement());
        return entry;
    }
}
