package org.diptych.reward;

import static org.diptych.reward.Canvas.luma;
import static org.diptych.reward.Canvas.map;
import static org.diptych.reward.Canvas.mix;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.diptych.reward.ScriptedEdit.Step;

/** Edits of the whole picture: tone, colour, focus, style. */
final class ToneEdits {

    private ToneEdits() {}

    /** Every concept by name; a function draws wording and parameters. */
    static Map<String, Function<Random, ScriptedEdit>> concepts() {
        return Map.ofEntries(
                tone(
                        "grey",
                        step((c, s) -> mixAll(c, luma(c), luma(c), luma(c), s)),
                        "Make it black and white.|Convert the photo to grayscale.|Remove all colour from this picture.|Turn this into a monochrome image."),
                tone(
                        "brighter",
                        step((c, s) -> scale(c, 1 + 0.5 * s, 12 * s)),
                        "Brighten the image.|Make the picture a lot brighter.|Increase the brightness.|Make it lighter."),
                tone(
                        "darker",
                        step((c, s) -> scale(c, 1 - 0.5 * s, 0)),
                        "Make the image darker.|Darken the photo.|Lower the brightness a lot.|Reduce the exposure."),
                tone(
                        "contrast",
                        step((c, s) -> each(c, v -> 128 + (v - 128) * (1 + 0.8 * s))),
                        "Increase the contrast.|Make the picture more contrasty.|Give the photo strong contrast."),
                tone(
                        "flat",
                        step((c, s) -> each(c, v -> 128 + (v - 128) * (1 - 0.55 * s))),
                        "Lower the contrast.|Reduce the contrast of the photo.|Make the image look faded and flat."),
                tone(
                        "vivid",
                        step((c, s) -> saturate(c, 1 + s)),
                        "Make the colours more intense.|Boost the saturation.|Make this picture more colourful.|Increase the vibrance strongly."),
                tone(
                        "muted",
                        step((c, s) -> saturate(c, 1 - 0.65 * s)),
                        "Desaturate the picture partly.|Make the colours muted.|Give it pale, washed-out colours.|Reduce the saturation."),
                tone(
                        "warm",
                        step((c, s) -> gain(c, 1 + 0.22 * s, 1 + 0.04 * s, 1 - 0.3 * s)),
                        "Make the light warmer.|Give it a warm orange glow.|Add a warm filter.|Shift the white balance to warm."),
                tone(
                        "cool",
                        step((c, s) -> gain(c, 1 - 0.28 * s, 1 - 0.02 * s, 1 + 0.25 * s)),
                        "Make the picture look colder.|Give the photo a cool blue cast.|Use a cooler white balance.|Make it feel icy and blue."),
                tone(
                        "sepia",
                        step((c, s) -> mixAll(c, luma(c) * 1.1, luma(c) * 0.9, luma(c) * 0.65, s)),
                        "Apply a sepia tone.|Make it look like an old brown photograph.|Give the image a vintage sepia look."),
                tone(
                        "invert",
                        step((c, s) -> each(c, v -> mix(v, 255 - v, s))),
                        "Turn it into a negative.|Invert the image.|Show the photo as a colour negative."),
                tone(
                        "posterize",
                        step((c, s) -> each(c, v -> mix(v, Math.round(v / 85) * 85.0, s))),
                        "Posterize the image.|Use only a few flat colours.|Reduce the number of colours."),
                tone(
                        "threshold",
                        step((c, s) -> {
                            double v = luma(c) > 115 ? 255 : 0;
                            mixAll(c, v, v, v, s);
                        }),
                        "Use only pure black and pure white.|Make a hard black-and-white threshold image."),
                tone(
                        "night",
                        step((c, s) -> gain(c, 1 - 0.75 * s, 1 - 0.68 * s, 1 - 0.5 * s)),
                        "Turn day into night.|Make it a night scene.|Let it look as if it were midnight."),
                tone(
                        "fog",
                        step((c, s) -> mixAll(c, 215, 218, 222, 0.6 * s)),
                        "Add thick fog.|Make the scene misty.|Cover everything in haze."),
                tone(
                        "sunset",
                        step((c, s) -> gain(c, 1 + 0.25 * s, 1 - 0.12 * s, 1 - 0.45 * s)),
                        "Make it look like sunset.|Give the scene evening sunset light."),
                tone(
                        "hue",
                        (i, s, r) -> Canvas.rotateHue(i, 0.33 * s),
                        "Shift all the hues.|Rotate the hue of the picture.|Change all colours to different ones."),
                tone(
                        "swapChannels",
                        step((c, s) -> mixAll(c, c[2], c[1], c[0], s)),
                        "Swap red and blue.|Exchange the red and blue channels of the image."),
                tone(
                        "solarize",
                        step((c, s) -> each(c, v -> mix(v, v > 128 ? 255 - v : v, s))),
                        "Solarize the photo.|Apply a solarisation effect."),
                tone(
                        "thermal",
                        step((c, s) -> {
                            double l = luma(c);
                            mixAll(c, Math.min(255, 2.2 * l), Math.max(0, 2 * l - 200), 200 - 1.2 * l, s);
                        }),
                        "Make it look like a thermal camera image.|Apply heat-map colours."),
                Map.entry("tint", ToneEdits::tint),
                tone(
                        "blur",
                        (i, s, r) -> s <= 0 ? i : Canvas.blur(i, Math.max(1, (int) Math.round(5 * s))),
                        "Blur the whole picture.|Make the image blurry.|Put everything out of focus."),
                tone(
                        "sharpen",
                        (i, s, r) -> Canvas.sharpen(i, 2.5 * s),
                        "Sharpen the photo.|Make the details crisper.|Increase the sharpness."),
                tone(
                        "motionBlur",
                        (i, s, r) -> s <= 0 ? i : Canvas.box(i, Math.max(1, (int) Math.round(9 * s)), 0),
                        "Add motion blur.|Make it look as if the camera was moving sideways."),
                tone(
                        "outsideBlur",
                        (i, s, r) -> Canvas.blend(
                                i,
                                Canvas.blur(i, Math.max(1, (int) (6 * s))),
                                (x, y) -> Math.hypot(x - 0.5, y - 0.5) > 0.28 ? 1 : 0),
                        "Blur the surroundings but not the centre.|Keep only the middle in focus.|Add background blur around the centre."),
                tone(
                        "vignette",
                        step((c, s, x, y) ->
                                scale(c, 1 - s * Math.clamp(2.2 * (Math.hypot(x - 0.5, y - 0.5) - 0.25), 0, 0.9), 0)),
                        "Add a dark vignette.|Darken the edges of the photo.|Make the corners dark."),
                tone(
                        "spotlight",
                        step((c, s, x, y) -> scale(c, Math.hypot(x - 0.5, y - 0.5) < 0.25 ? 1 : 1 - 0.7 * s, 0)),
                        "Put a spotlight on the centre.|Darken everything except the middle."),
                tone(
                        "sketch",
                        (i, s, r) -> Canvas.blend(i, Canvas.outlines(i, 4), s),
                        "Make a pencil drawing of it.|Convert it to a line sketch.|Turn the picture into a black-and-white drawing."),
                tone(
                        "emboss",
                        (i, s, r) -> Canvas.blend(i, emboss(i), s),
                        "Apply an emboss effect.|Make it look like a grey relief."),
                tone(
                        "pixelate",
                        (i, s, r) -> Canvas.pixelate(i, Math.max(2, (int) Math.round(14 * s))),
                        "Pixelate it.|Turn it into pixel art with big blocks.|Make a mosaic of large pixels."),
                tone(
                        "oil",
                        (i, s, r) -> Canvas.blend(i, painted(i), s),
                        "Make it look painted.|Turn the photo into a cartoon with flat areas.|Give it the style of a watercolour."),
                Map.entry("halfTone", ToneEdits::halfTone));
    }

    private static Map.Entry<String, Function<Random, ScriptedEdit>> tone(String name, Step step, String wordings) {
        var texts = List.of(wordings.split("\\|"));
        return Map.entry(name, random -> ScriptedEdit.whole(name, texts.get(random.nextInt(texts.size())), step));
    }

    /** A tone edit of one half only: "darken the top half". */
    private static ScriptedEdit halfTone(Random random) {
        String[] halves = {"left", "right", "top", "bottom"};
        String[] verbs = {
            "Make the %s half black and white.",
            "Darken the %s half.",
            "Brighten the %s half of the image.",
            "Colour the %s half red."
        };
        int half = random.nextInt(4);
        int other = (half ^ 1);
        int verb = random.nextInt(4);
        return ScriptedEdit.whole("halfTone", verbs[verb].formatted(halves[half]), half(half, verb), half(other, verb));
    }

    private static Step half(int half, int verb) {
        return step((c, s, x, y) -> {
            boolean inside = switch (half) {
                case 0 -> x < 0.5;
                case 1 -> x >= 0.5;
                case 2 -> y < 0.5;
                default -> y >= 0.5;
            };
            if (inside) {
                switch (verb) {
                    case 0 -> mixAll(c, luma(c), luma(c), luma(c), s);
                    case 1 -> scale(c, 1 - 0.6 * s, 0);
                    case 2 -> scale(c, 1 + 0.5 * s, 15 * s);
                    default -> mixAll(c, 220, 30, 30, 0.55 * s);
                }
            }
        });
    }

    private static ScriptedEdit tint(Random random) {
        var colors = Palette.values();
        int which = random.nextInt(5);
        var color = colors[which];
        var other = colors[(which + 1 + random.nextInt(4)) % 5];
        String[] texts = {
            "Give the image a %s tint.", "Tint everything %s.", "Apply a %s colour filter.", "Make the light %s."
        };
        return ScriptedEdit.whole("tint", texts[random.nextInt(4)].formatted(color.word()), tint(color), tint(other));
    }

    private static Step tint(Palette color) {
        var c = color.color();
        return step((rgb, s) -> {
            double l = luma(rgb) / 255;
            mixAll(rgb, c.getRed() * (0.3 + l), c.getGreen() * (0.3 + l), c.getBlue() * (0.3 + l), 0.4 * s);
        });
    }

    private interface Plain {
        void apply(double[] rgb, double strength);
    }

    private interface Placed {
        void apply(double[] rgb, double strength, double x, double y);
    }

    private static Step step(Plain tone) {
        return (image, strength, random) -> map(image, (c, x, y) -> tone.apply(c, strength));
    }

    private static Step step(Placed tone) {
        return (image, strength, random) -> map(image, (c, x, y) -> tone.apply(c, strength, x, y));
    }

    private static void mixAll(double[] c, double r, double g, double b, double s) {
        c[0] = mix(c[0], r, s);
        c[1] = mix(c[1], g, s);
        c[2] = mix(c[2], b, s);
    }

    private static void gain(double[] c, double r, double g, double b) {
        c[0] *= r;
        c[1] *= g;
        c[2] *= b;
    }

    private static void scale(double[] c, double gain, double shift) {
        each(c, v -> v * gain + shift);
    }

    private static void saturate(double[] c, double factor) {
        double l = luma(c);
        each(c, v -> l + (v - l) * factor);
    }

    private static void each(double[] c, java.util.function.DoubleUnaryOperator f) {
        for (int k = 0; k < 3; k++) {
            c[k] = f.applyAsDouble(c[k]);
        }
    }

    private static java.awt.image.BufferedImage emboss(java.awt.image.BufferedImage image) {
        var result = Canvas.copy(image);
        int[] from = Canvas.pixels(Canvas.copy(image));
        int[] to = Canvas.pixels(result);
        int width = image.getWidth();
        for (int i = 0; i < to.length; i++) {
            int before = Math.max(0, i - width - 1);
            int v = (int) Math.clamp(128 + 1.5 * (Canvas.grey(from[i]) - Canvas.grey(from[before])), 0, 255);
            to[i] = v << 16 | v << 8 | v;
        }
        return result;
    }

    private static java.awt.image.BufferedImage painted(java.awt.image.BufferedImage image) {
        var flat = Canvas.blur(image, 3);
        return map(flat, (c, x, y) -> each(c, v -> Math.round(v / 36) * 36.0));
    }
}
