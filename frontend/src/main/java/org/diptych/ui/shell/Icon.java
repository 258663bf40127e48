package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;

/** The line icons of the product, 16 by 16, drawn in the text colour. */
public enum Icon {
    AGREEMENT("M2 12.5c2-7 4-7 6-3.5s4 3 6-5"),
    ANNOTATE("M2.5 3h5v10h-5zM8.500 3h5v10h-5z"),
    CAMPAIGNS("M3 4h10M3 8h10M3 12h6"),
    BELL("M4 11V7a4 4 0 0 1 8 0v4l1.300 1.500H2.700zM6.500 14.200h3"),
    CHECK("M3 8.500l3.200 3.200L13 4.800"),
    DOTS("M3.500 8h.01M8 8h.01M12.500 8h.01"),
    EXPORT("M8 10V2M5 4.800L8 2l3 2.800M2.500 9.500v3.500h11V9.500"),
    FILE("M4 1.800h5.500L13 5.300v9H4zM9.500 1.800v3.500H13"),
    SCALES("M8 2.500v11M5 13.500h6M3 4.500h10M3 4.500L1.200 9h3.600zM13 4.500L11.200 9h3.600z"),
    INBOX("M2 9.500h3.500l1 2h3l1-2H14M2 9.500L4 3h8l2 6.500V13H2z"),
    INFO("M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.300v3.500M8 5.200h.01"),
    MODEL("M8 1.800l5.500 3v6.400L8 14.200l-5.500-3V4.800zM2.500 4.800L8 8l5.500-3.200M8 8v6.200"),
    OVERVIEW("M2.500 2.500h4.500v4.500H2.500zM9 2.500h4.500v4.500H9zM2.500 9h4.500v4.500H2.500zM9 9h4.500v4.500H9z"),
    PEOPLE(
            "M6 7.500a2.400 2.400 0 1 0 0-4.800 2.400 2.400 0 0 0 0 4.800zM1.800 13.300c0-2.500 1.900-4 4.200-4s4.200 1.500 4.200 4"
                    + "M11 7.300a2 2 0 1 0-.4-4M12 9.400c1.500.4 2.400 1.700 2.400 3.700"),
    PLAY("M5 3l8 5-8 5z"),
    PLUS("M8 3v10M3 8h10"),
    QUEUE("M2.500 4h11M2.500 8h7.500M2.500 12h4.500M12 9v5M9.800 11.800L12 14l2.200-2.200"),
    RANKING("M2.500 13.500h3v-5h-3zM6.500 13.500h3v-11h-3zM10.500 13.500h3v-7.500h-3z"),
    SEARCH("M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.500 10.500L14 14"),
    SERVER("M2.500 2.500h11v4.500h-11zM2.500 9h11v4.500h-11zM5 4.800h.01M5 11.200h.01"),
    SETTINGS("M2 4.500h7M12 4.500h2M2 11.500h2M7 11.500h7M10.500 3v3M5.500 10v3"),
    THEME(
            "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.900"
                    + "M11.700 11.700l.9.900M12.600 3.400l-.9.900M4.300 11.700l-.9.900"),
    WARNING("M8 2.200l6.200 11H1.800zM8 6.500v3M8 11.500h.01");

    private final String path;

    Icon(String path) {
        this.path = path;
    }

    /** A new drawing of this icon; it says nothing to a screen reader. */
    public Component draw() {
        return drawing("<svg class=\"i\" viewBox=\"0 0 16 16\"><path d=\"" + path + "\"/></svg>");
    }

    /** The product's sign: two panels, one judgement. */
    public static Component brand() {
        return drawing("<svg viewBox=\"0 0 22 22\" stroke=\"currentColor\" stroke-width=\"2\">"
                + "<rect x=\"1\" y=\"3\" width=\"9\" height=\"16\" rx=\"1.5\" fill=\"none\"/>"
                + "<rect x=\"12\" y=\"3\" width=\"9\" height=\"16\" rx=\"1.5\" fill=\"currentColor\"/></svg>");
    }

    /** Parsed by the browser: attributes set one by one would lose the capital letter of viewBox. */
    private static Component drawing(String svg) {
        var drawing = new Span();
        drawing.addClassName("drawing");
        drawing.getElement().setProperty("innerHTML", svg).setAttribute("aria-hidden", "true");
        return drawing;
    }
}
