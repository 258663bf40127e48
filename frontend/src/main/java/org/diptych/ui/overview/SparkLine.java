package org.diptych.ui.overview;

import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A few weeks of a figure in the height of a line of text: its line, and its intervals as a band. Drawn at once. */
class SparkLine extends Span {
    private static final int WIDTH = 88;
    private static final int HEIGHT = 30;
    private static final int MARGIN = 3;

    /**
     * A point; its place is its place in the list.
     *
     * @param value null where there is none: the line breaks there
     */
    record Point(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * Draws.
     *
     * @param label the same in words
     */
    SparkLine(List<Point> points, String label) {
        addClassName("spark");
        getElement().setAttribute("role", "img").setAttribute("aria-label", label);
        setTitle(label);
        double low = 1;
        double high = -1;
        for (var point : points) {
            for (var each : new Double[] {point.value(), point.low(), point.high()}) {
                if (each != null) {
                    low = Math.min(low, each);
                    high = Math.max(high, each);
                }
            }
        }
        getElement().setProperty("innerHTML", svg(points, low, Math.max(high, low + 0.1)));
    }

    private static String svg(List<Point> points, double low, double high) {
        var parts = new StringBuilder();
        var line = new ArrayList<String>();
        for (int i = 0; i < points.size(); i++) {
            var point = points.get(i);
            double x = MARGIN + (WIDTH - 2.0 * MARGIN) * (points.size() == 1 ? 1 : (double) i / (points.size() - 1));
            var value = point.value();
            if (value == null) {
                flush(parts, line);
                continue;
            }
            if (point.low() != null && point.high() != null) {
                parts.append(String.format(
                        Locale.ROOT,
                        "<path class='band' d='M%.1f %.1fV%.1f'/>",
                        x,
                        y(point.low(), low, high),
                        y(point.high(), low, high)));
            }
            line.add(String.format(Locale.ROOT, "%.1f %.1f", x, y(value, low, high)));
        }
        var last = line.isEmpty() ? null : line.getLast();
        flush(parts, line);
        if (last != null) {
            var place = last.split(" ");
            parts.append("<circle r='2.5' cx='" + place[0] + "' cy='" + place[1] + "'/>");
        }
        return "<svg width='" + WIDTH + "' height='" + HEIGHT + "' viewBox='0 0 " + WIDTH + " " + HEIGHT + "'>" + parts
                + "</svg>";
    }

    private static void flush(StringBuilder parts, List<String> line) {
        if (!line.isEmpty()) {
            parts.append("<path class='line' d='M")
                    .append(String.join("L", line))
                    .append("'/>");
            line.clear();
        }
    }

    private static double y(double value, double low, double high) {
        return HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (value - low) / (high - low);
    }
}
