package org.diptych.reward.encoder;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an instruction asks for, read as directions on the axes of {@link Axis}.
 *
 * @param directions -1..1 per axis; 0: not asked for
 * @param whole, part, geometry whether the whole image, a part of it, or its placement is concerned
 * @param understood whether any word was recognised
 * @param colors colours that are to come or to go
 * @param place the part of the image that is named
 */
record Request(
        double[] directions,
        boolean whole,
        boolean part,
        boolean geometry,
        boolean understood,
        ColorRoles colors,
        AskedPlace place) {

    private static final Pattern TINT = Pattern.compile("tint|tone|hue|cast|wash|filter|look\\b|\\w+ish\\b");
    private static final Pattern THING =
            Pattern.compile("\\b(add|put|place|insert|draw|paste|with|border|frame|bar|banner|strip)\\b");
    private static final Pattern NO_CONTENT = Pattern.compile("black.?(and|&|n).?white|'[^']*'|\"[^\"]*\"|“[^”]*”");
    private static final List<Map.Entry<Axis, Pattern>> PLACES = List.of(
            Map.entry(Axis.AT_LEFT, Pattern.compile("\\bleft\\b")),
            Map.entry(Axis.AT_RIGHT, Pattern.compile("\\bright\\b")),
            Map.entry(Axis.AT_TOP, Pattern.compile("\\b(top|upper|above|sky)\\b")),
            Map.entry(Axis.AT_BOTTOM, Pattern.compile("\\b(bottom|lower|below|ground|floor)\\b")),
            Map.entry(Axis.AT_CENTRE, Pattern.compile("\\b(middle|cent(er|re))\\b")));

    static Request of(String instruction) {
        String text = instruction.toLowerCase(Locale.ROOT);
        double[] directions = new double[Axis.ALL.length];
        boolean whole = false;
        boolean part = false;
        boolean geometry = false;
        for (var concept : EditConcept.ALL) {
            if (concept.words().matcher(text).find() && !overruled(concept.name(), text)) {
                switch (concept.scope()) {
                    case WHOLE -> whole = true;
                    case PART -> part = true;
                    case GEOMETRY -> geometry = true;
                }
                concept.directions().forEach((axis, direction) -> merge(directions, axis, direction));
            }
        }
        String plain = NO_CONTENT.matcher(text).replaceAll(" ");
        boolean thing = THING.matcher(plain).find();
        var colors = ColorRoles.of(text);
        for (var color : colors.gone()) {
            merge(directions, Axis.of(color), -0.6);
        }
        for (var color : colors.wanted()) {
            if (!thing && TINT.matcher(plain).find()) {
                tint(directions, color);
            } else {
                merge(directions, Axis.of(color), 0.8);
                part |= thing;
            }
        }
        if (part && !geometry) {
            for (var place : PLACES) {
                if (place.getValue().matcher(plain).find()) {
                    merge(directions, place.getKey(), 0.6);
                }
            }
            strips(directions);
        }
        var place = matches("outside", text) || matches("vignette", text) ? AskedPlace.ANYWHERE : AskedPlace.of(plain);
        return new Request(directions, whole, part, geometry, whole || part || geometry, colors, place);
    }

    /** Words that mean something narrower in company: "blur the background" is not "blur the image". */
    private static boolean overruled(String concept, String text) {
        return switch (concept) {
            case "blur", "sharpen" -> matches("outside", text);
            case "darker" -> matches("vignette", text);
            case "muted" -> matches("grey", text);
            case "vivid" -> matches("muted", text) || text.contains("desaturat");
            case "paint" -> matches("sketch", text) || matches("posterize", text);
            case "specks" -> matches("snow", text);
            case "object" ->
                matches("frame", text) || matches("strip", text) || matches("snow", text) || matches("fog", text);
            case "replace" -> matches("sketch", text) || matches("paint", text) || matches("grey", text);
            case "mirror" -> text.contains("vertical");
            case "upend" -> text.contains("colour") || text.contains("color") || text.contains("hue");
            case "remove" -> matches("grey", text);
            default -> false;
        };
    }

    private static boolean matches(String name, String text) {
        for (var concept : EditConcept.ALL) {
            if (concept.name().equals(name)) {
                return concept.words().matcher(text).find();
            }
        }
        throw new IllegalArgumentException("no concept is called " + name);
    }

    private static void strips(double[] directions) {
        if (directions[Axis.STRIP_TOP.ordinal()] != 0) {
            boolean top = directions[Axis.AT_TOP.ordinal()] > 0;
            directions[Axis.STRIP_TOP.ordinal()] = top ? 1 : 0;
            directions[Axis.STRIP_BOTTOM.ordinal()] = top ? 0 : 1;
        }
    }

    private static void tint(double[] directions, NamedColor color) {
        switch (color) {
            case RED, PINK -> merge(directions, Axis.TINT_RED, 1);
            case GREEN -> merge(directions, Axis.TINT_GREEN, 1);
            case BLUE -> merge(directions, Axis.TINT_BLUE, 1);
            case ORANGE, YELLOW, BROWN -> merge(directions, Axis.TINT_BLUE, -1);
            case PURPLE -> merge(directions, Axis.TINT_GREEN, -1);
            case BLACK, WHITE, GREY -> merge(directions, Axis.GREY, 0.5);
        }
    }

    private static void merge(double[] directions, Axis axis, double direction) {
        if (Math.abs(direction) > Math.abs(directions[axis.ordinal()])) {
            directions[axis.ordinal()] = direction;
        }
    }
}
