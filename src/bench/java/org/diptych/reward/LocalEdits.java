package org.diptych.reward;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.diptych.reward.ScriptedEdit.Step;

/** Edits of a part of the picture or of its geometry: things added, removed, recoloured, moved; borders, bars, weather. */
final class LocalEdits {

    private static final String[] PLACES = {
        "on the left side",
        "on the right side",
        "at the top",
        "at the bottom",
        "in the middle",
        "in the upper left corner",
        "in the upper right corner",
        "in the lower left corner",
        "in the lower right corner"
    };
    private static final double[][] CENTRES = {
        {0.18, 0.5},
        {0.82, 0.5},
        {0.5, 0.18},
        {0.5, 0.82},
        {0.5, 0.5},
        {0.16, 0.16},
        {0.84, 0.16},
        {0.16, 0.84},
        {0.84, 0.84}
    };
    private static final String[] SHAPES = {"circle", "square", "triangle", "star", "heart", "balloon"};
    private static final String[] WORDS = {"HELLO", "SALE", "OPEN", "2024", "PARIS", "NEWS"};

    private LocalEdits() {}

    /** Every concept by name; a function draws wording and parameters. */
    static Map<String, Function<Random, ScriptedEdit>> concepts() {
        return Map.ofEntries(
                Map.entry("object", LocalEdits::object),
                Map.entry("sun", LocalEdits::sun),
                Map.entry("dots", LocalEdits::dots),
                Map.entry("remove", LocalEdits::remove),
                Map.entry("recolour", LocalEdits::recolour),
                Map.entry("move", LocalEdits::move),
                Map.entry("border", LocalEdits::border),
                Map.entry("bar", LocalEdits::bar),
                Map.entry("text", LocalEdits::text),
                Map.entry("snow", r -> weather(r, "snow")),
                Map.entry("rain", r -> weather(r, "rain")),
                Map.entry("confetti", r -> weather(r, "confetti")),
                Map.entry("cover", LocalEdits::cover),
                Map.entry("line", LocalEdits::line),
                Map.entry("mirror", r -> flip(r, true)),
                Map.entry("upend", r -> flip(r, false)),
                Map.entry("turn180", LocalEdits::halfTurn),
                Map.entry("turn90", LocalEdits::quarterTurn),
                Map.entry("zoomIn", LocalEdits::zoomIn),
                Map.entry("zoomCorner", LocalEdits::zoomCorner),
                Map.entry("shrink", LocalEdits::shrink),
                Map.entry("tilt", LocalEdits::tilt));
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static int other(Random random, int count, int not) {
        return (not + 1 + random.nextInt(count - 1)) % count;
    }

    private static ScriptedEdit object(Random random) {
        int color = random.nextInt(Palette.values().length);
        int shape = random.nextInt(SHAPES.length);
        int place = random.nextInt(PLACES.length);
        double size = 0.09 + 0.07 * random.nextDouble();
        var text = pick(
                        random,
                        "Add a %s %s %s.",
                        "Put a %s %s %s of the picture.",
                        "Draw a %s %s %s.",
                        "Place one %s %s %s.")
                .formatted(Palette.values()[color].word(), SHAPES[shape], PLACES[place]);
        boolean byColor = random.nextBoolean();
        int wrongColor = byColor ? other(random, Palette.values().length, color) : color;
        int wrongPlace = byColor ? place : other(random, PLACES.length, place);
        return ScriptedEdit.added(
                "object", text, thing(shape, color, place, size), thing(shape, wrongColor, wrongPlace, size));
    }

    private static Step thing(int shape, int color, int place, double size) {
        return (i, s, r) -> s <= 0
                ? i
                : Canvas.fill(
                        i,
                        shape(SHAPES[shape], CENTRES[place][0], CENTRES[place][1], size * Math.sqrt(s), i),
                        Palette.values()[color].color(),
                        1);
    }

    static Shape shape(String name, double x, double y, double radius, BufferedImage image) {
        double r = radius * Math.min(image.getWidth(), image.getHeight());
        double cx = x * image.getWidth();
        double cy = y * image.getHeight();
        return switch (name) {
            case "circle" -> new Ellipse2D.Double(cx - r, cy - r, 2 * r, 2 * r);
            case "balloon" -> new Ellipse2D.Double(cx - 0.85 * r, cy - 1.1 * r, 1.7 * r, 2.2 * r);
            case "square" -> new Rectangle2D.Double(cx - r, cy - r, 2 * r, 2 * r);
            case "triangle" -> polygon(cx, cy, 3, r, r);
            case "star" -> polygon(cx, cy, 10, r, 0.45 * r);
            default -> heart(cx, cy, r);
        };
    }

    private static Shape heart(double cx, double cy, double r) {
        var path = new Path2D.Double();
        path.moveTo(cx, cy + r);
        path.curveTo(cx - 2 * r, cy - 0.3 * r, cx - 0.8 * r, cy - 1.3 * r, cx, cy - 0.4 * r);
        path.curveTo(cx + 0.8 * r, cy - 1.3 * r, cx + 2 * r, cy - 0.3 * r, cx, cy + r);
        path.closePath();
        return path;
    }

    private static Shape polygon(double cx, double cy, int points, double outer, double inner) {
        var path = new Path2D.Double();
        for (int k = 0; k < points; k++) {
            double angle = 2 * Math.PI * k / points - Math.PI / 2;
            double length = k % 2 == 0 ? outer : inner;
            double px = cx + length * Math.cos(angle);
            double py = cy + length * Math.sin(angle);
            if (k == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }

    private static ScriptedEdit sun(Random random) {
        boolean moon = random.nextBoolean();
        int place = 5 + random.nextInt(2);
        int color = moon ? Palette.WHITE.ordinal() : Palette.YELLOW.ordinal();
        var text = pick(random, "Add a %s %s.", "Put a %s %s of the sky.", "Let there be a %s %s.")
                .formatted(moon ? "white moon" : "yellow sun", PLACES[place]);
        return ScriptedEdit.added("sun", text, thing(0, color, place, 0.11), thing(0, color, 11 - place + 2, 0.11));
    }

    private static ScriptedEdit dots(Random random) {
        int color = random.nextInt(Palette.values().length);
        int count = 2 + random.nextInt(4);
        String[] numbers = {"two", "three", "four", "five"};
        long seed = random.nextLong();
        return ScriptedEdit.added(
                "dots",
                pick(random, "Add %s %s dots.", "Draw %s %s circles on the picture.")
                        .formatted(numbers[count - 2], Palette.values()[color].word()),
                dots(color, count, seed),
                dots(other(random, Palette.values().length, color), count, seed));
    }

    private static Step dots(int color, int count, long seed) {
        return (i, s, r) -> {
            var places = new Random(seed);
            var result = i;
            for (int k = 0; k < Math.round(count * s); k++) {
                result = Canvas.fill(
                        result,
                        shape("circle", 0.15 + 0.7 * places.nextDouble(), 0.15 + 0.7 * places.nextDouble(), 0.07, i),
                        Palette.values()[color].color(),
                        1);
            }
            return result;
        };
    }

    private static ScriptedEdit remove(Random random) {
        int color = random.nextInt(Palette.values().length);
        int shape = random.nextInt(SHAPES.length);
        int place = random.nextInt(5);
        int decoy = place == 4 ? 0 : place ^ 1;
        int decoyColor = other(random, Palette.values().length, color);
        Step source = (i, s, r) -> thing(shape, color, place, 0.13)
                .apply(thing(shape, decoyColor, decoy, 0.1).apply(i, 1, r), 1, r);
        var text = pick(
                        random,
                        "Remove the %s %s.",
                        "Erase the %s %s.",
                        "Delete the %s %s from the image.",
                        "Get rid of the %s %s.")
                .formatted(Palette.values()[color].word(), SHAPES[shape]);
        Step clean = (i, s, r) -> i;
        return new ScriptedEdit("remove", text, source, clean, clean, false);
    }

    private static ScriptedEdit recolour(Random random) {
        int color = random.nextInt(Palette.values().length);
        int to = other(random, Palette.values().length, color);
        int wrong = other(random, Palette.values().length, to);
        int shape = random.nextInt(SHAPES.length);
        int place = random.nextInt(PLACES.length);
        var text = pick(
                        random,
                        "Make the %s %s %s.",
                        "Change the colour of the %s %s to %s.",
                        "Turn the %s %s %s.",
                        "Recolour the %s %s in %s.")
                .formatted(Palette.values()[color].word(), SHAPES[shape], Palette.values()[to].word());
        return new ScriptedEdit(
                "recolour",
                text,
                (i, s, r) -> thing(shape, color, place, 0.15).apply(i, 1, r),
                (i, s, r) -> Canvas.blend(i, thing(shape, to, place, 0.15).apply(i, 1, r), s),
                (i, s, r) -> thing(shape, wrong, place, 0.15).apply(i, 1, r),
                false);
    }

    private static ScriptedEdit move(Random random) {
        int color = random.nextInt(Palette.values().length);
        int shape = random.nextInt(SHAPES.length);
        int from = random.nextInt(PLACES.length);
        int to = other(random, PLACES.length, from);
        int wrong = other(random, PLACES.length, to);
        String[] goals = {
            "to the left side",
            "to the right side",
            "to the top",
            "to the bottom",
            "to the middle",
            "to the upper left corner",
            "to the upper right corner",
            "to the lower left corner",
            "to the lower right corner"
        };
        return new ScriptedEdit(
                "move",
                "Move the %s %s %s.".formatted(Palette.values()[color].word(), SHAPES[shape], goals[to]),
                thing(shape, color, from, 0.13),
                thing(shape, color, to, 0.13),
                thing(shape, color, wrong, 0.13),
                false);
    }

    private static ScriptedEdit border(Random random) {
        int color = random.nextInt(Palette.values().length);
        double width = 0.035 + 0.03 * random.nextDouble();
        return ScriptedEdit.whole(
                "border",
                pick(
                                random,
                                "Put a %s frame around the picture.",
                                "Add a %s border.",
                                "Surround the photo with a %s border.",
                                "Give it a thick %s frame.")
                        .formatted(Palette.values()[color].word()),
                border(color, width),
                border(other(random, Palette.values().length, color), width));
    }

    private static Step border(int color, double width) {
        return (i, s, r) -> Canvas.draw(i, g -> {
            g.setColor(Palette.values()[color].color());
            g.setStroke(new BasicStroke((float) (2 * width * s * Math.max(i.getWidth(), i.getHeight()))));
            g.drawRect(0, 0, i.getWidth(), i.getHeight());
        });
    }

    private static ScriptedEdit bar(Random random) {
        boolean top = random.nextBoolean();
        int back = random.nextInt(Palette.values().length);
        int ink = back == Palette.WHITE.ordinal() || back == Palette.YELLOW.ordinal()
                ? Palette.BLACK.ordinal()
                : Palette.WHITE.ordinal();
        var word = pick(random, WORDS);
        var text = pick(
                        random,
                        "Add a %s bar at the %s with the word '%s' in %s.",
                        "Put a %s banner at the %s that says '%s' in %s letters.")
                .formatted(Palette.values()[back].word(), top ? "top" : "bottom", word, Palette.values()[ink].word());
        return ScriptedEdit.whole(
                "bar",
                text,
                bar(top, back, ink, word),
                random.nextBoolean()
                        ? bar(!top, back, ink, word)
                        : bar(top, other(random, Palette.values().length, back), ink, ""));
    }

    private static Step bar(boolean top, int back, int ink, String word) {
        return (i, s, r) -> Canvas.draw(i, g -> {
            int height = (int) (0.15 * (0.4 + 0.6 * s) * i.getHeight());
            int y = top ? 0 : i.getHeight() - height;
            g.setColor(Palette.values()[back].color());
            g.fillRect(0, y, i.getWidth(), height);
            write(g, word, i.getWidth() / 2, y + height * 8 / 10, height * 7 / 10, Palette.values()[ink].color());
        });
    }

    private static void write(java.awt.Graphics2D g, String word, int x, int y, int size, Color color) {
        g.setColor(color);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(6, size)));
        g.drawString(word, x - g.getFontMetrics().stringWidth(word) / 2, y);
    }

    private static ScriptedEdit text(Random random) {
        int color = random.nextInt(Palette.values().length);
        int place = random.nextInt(5);
        var word = pick(random, WORDS);
        var text = pick(random, "Write '%s' in %s letters %s.", "Add the text \"%s\" in %s %s.")
                .formatted(word, Palette.values()[color].word(), PLACES[place]);
        return ScriptedEdit.whole(
                "text",
                text,
                text(word, color, place),
                random.nextBoolean()
                        ? text(word, color, other(random, 5, place))
                        : text(word, other(random, Palette.values().length, color), place));
    }

    private static Step text(String word, int color, int place) {
        return (i, s, r) -> Canvas.draw(
                i,
                g -> write(
                        g,
                        word,
                        (int) (Math.clamp(CENTRES[place][0], 0.25, 0.75) * i.getWidth()),
                        (int) (CENTRES[place][1] * i.getHeight() + 0.04 * i.getHeight()),
                        (int) (0.13 * s * i.getWidth()),
                        Palette.values()[color].color()));
    }

    private static ScriptedEdit weather(Random random, String kind) {
        var text = switch (kind) {
            case "snow" -> pick(random, "Let it snow.", "Add snowflakes.", "Make it a snowy scene.");
            case "rain" -> pick(random, "Make it rain.", "Add rain.", "Add falling raindrops.");
            default -> pick(random, "Scatter colourful confetti.", "Add confetti everywhere.");
        };
        return ScriptedEdit.whole(kind, text, weather(kind), weather(kind));
    }

    private static Step weather(String kind) {
        return (i, s, r) -> Canvas.draw(i, g -> {
            double unit = Math.min(i.getWidth(), i.getHeight()) / 320.0;
            for (int drop = 0; drop < 400 * s; drop++) {
                double x = r.nextInt(i.getWidth());
                double y = r.nextInt(i.getHeight());
                double size = (1.5 + 2 * r.nextDouble()) * unit;
                switch (kind) {
                    case "snow" -> {
                        g.setColor(new Color(255, 255, 255, 230));
                        g.fill(new Ellipse2D.Double(x, y, size, size));
                    }
                    case "rain" -> {
                        g.setColor(new Color(220, 225, 235, 170));
                        g.drawLine((int) x, (int) y, (int) (x - 3 * unit), (int) (y + 14 * unit));
                    }
                    default -> {
                        g.setColor(Palette.values()[r.nextInt(6)].color());
                        g.fill(new Rectangle2D.Double(x, y, 2 * size, size));
                    }
                }
            }
        });
    }

    private static ScriptedEdit cover(Random random) {
        int color = random.nextInt(Palette.values().length);
        int place = random.nextInt(5);
        int wrong = other(random, 5, place);
        return ScriptedEdit.whole(
                "cover",
                pick(random, "Cover a part %s with a %s rectangle.", "Hide the area %s behind a %s box.")
                        .formatted(PLACES[place], Palette.values()[color].word()),
                cover(color, place),
                cover(color, wrong));
    }

    private static Step cover(int color, int place) {
        return (i, s, r) -> Canvas.fill(
                i,
                new Rectangle2D.Double(
                        (CENTRES[place][0] - 0.15 * s) * i.getWidth(),
                        (CENTRES[place][1] - 0.12 * s) * i.getHeight(),
                        0.3 * s * i.getWidth(),
                        0.24 * s * i.getHeight()),
                Palette.values()[color].color(),
                1);
    }

    private static ScriptedEdit line(Random random) {
        int color = random.nextInt(Palette.values().length);
        boolean vertical = random.nextBoolean();
        return ScriptedEdit.whole(
                "line",
                "Draw a %s %s line through the middle."
                        .formatted(Palette.values()[color].word(), vertical ? "vertical" : "horizontal"),
                line(color, vertical),
                line(color, !vertical));
    }

    private static Step line(int color, boolean vertical) {
        return (i, s, r) -> Canvas.draw(i, g -> {
            g.setColor(Palette.values()[color].color());
            double w = i.getWidth();
            double h = i.getHeight();
            double thick = 0.03 * s;
            g.fill(
                    vertical
                            ? new Rectangle2D.Double(w * (0.5 - thick / 2), 0, w * thick, h)
                            : new Rectangle2D.Double(0, h * (0.5 - thick / 2), w, h * thick));
        });
    }

    private static Step geometry(Function<BufferedImage, BufferedImage> done) {
        // a turn cannot be done by half: a weak one is a mixture of before and after
        return (i, s, r) -> {
            var turned = done.apply(i);
            return s >= 0.9 || turned.getWidth() != i.getWidth() ? turned : Canvas.blend(i, turned, s);
        };
    }

    private static ScriptedEdit flip(Random random, boolean horizontal) {
        Step across = geometry(i -> Canvas.transform(i, AffineTransform.getScaleInstance(-1, 1), Color.BLACK));
        Step down = geometry(i -> Canvas.transform(i, AffineTransform.getScaleInstance(1, -1), Color.BLACK));
        return horizontal
                ? ScriptedEdit.whole(
                        "mirror",
                        pick(
                                random,
                                "Mirror the picture left to right.",
                                "Flip the photo horizontally.",
                                "Show the mirror image."),
                        across,
                        down)
                : ScriptedEdit.whole(
                        "upend", pick(random, "Flip the image vertically.", "Mirror it top to bottom."), down, across);
    }

    private static ScriptedEdit halfTurn(Random random) {
        return ScriptedEdit.whole(
                "turn180",
                pick(random, "Rotate the image by 180 degrees.", "Turn the picture upside down."),
                geometry(i -> Canvas.transform(i, AffineTransform.getScaleInstance(-1, -1), Color.BLACK)),
                geometry(i -> Canvas.transform(i, AffineTransform.getScaleInstance(-1, 1), Color.BLACK)));
    }

    private static ScriptedEdit quarterTurn(Random random) {
        boolean clockwise = random.nextBoolean();
        return ScriptedEdit.whole(
                "turn90",
                pick(random, "Rotate the photo by 90 degrees %s.", "Turn it a quarter turn %s.")
                        .formatted(clockwise ? "clockwise" : "anticlockwise"),
                (i, s, r) -> Canvas.quarterTurn(i, clockwise),
                (i, s, r) -> Canvas.quarterTurn(i, !clockwise));
    }

    private static ScriptedEdit zoomIn(Random random) {
        return ScriptedEdit.whole(
                "zoomIn",
                pick(random, "Zoom in on the middle.", "Crop to the central part.", "Show the centre twice as large."),
                (i, s, r) -> Canvas.zoom(i, 1 - 0.5 * s, 0.5, 0.5),
                (i, s, r) -> Canvas.zoom(i, 0.5, r.nextInt(2), r.nextInt(2)));
    }

    private static ScriptedEdit zoomCorner(Random random) {
        int x = random.nextInt(2);
        int y = random.nextInt(2);
        return ScriptedEdit.whole(
                "zoomCorner",
                "Zoom in on the %s %s part.".formatted(y == 0 ? "upper" : "lower", x == 0 ? "left" : "right"),
                (i, s, r) -> Canvas.zoom(i, 1 - 0.5 * s, x, y),
                (i, s, r) -> Canvas.zoom(i, 0.5, 1 - x, 1 - y));
    }

    private static ScriptedEdit shrink(Random random) {
        var color = random.nextBoolean() ? Palette.WHITE : Palette.BLACK;
        return ScriptedEdit.whole(
                "shrink",
                pick(random, "Zoom out and fill the rest with %s.", "Make the picture smaller on a %s background.")
                        .formatted(color.word()),
                (i, s, r) -> Canvas.transform(
                        i, AffineTransform.getScaleInstance(1 - 0.35 * s, 1 - 0.35 * s), color.color()),
                (i, s, r) -> Canvas.zoom(i, 0.65, 0.5, 0.5));
    }

    private static ScriptedEdit tilt(Random random) {
        return ScriptedEdit.whole(
                "tilt",
                pick(random, "Tilt the picture a little.", "Rotate the photo by about ten degrees."),
                (i, s, r) -> Canvas.transform(i, AffineTransform.getRotateInstance(0.18 * s), Color.BLACK));
    }
}
