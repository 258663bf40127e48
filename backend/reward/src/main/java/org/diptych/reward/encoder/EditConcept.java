package org.diptych.reward.encoder;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A kind of edit that people ask for: the words that ask for it, a sentence for comparison by meaning, and the directions in which
 * carrying it out moves an image.
 *
 * @param name for reports
 * @param words what an instruction that asks for it contains
 * @param sentence a typical instruction, for the sentence encoder
 * @param scope which part of the image it concerns
 * @param directions how far carrying it out moves along each axis; axes that merely come along have small weights
 */
record EditConcept(String name, Pattern words, String sentence, Scope scope, Map<Axis, Double> directions) {

    /** Which part of an image an edit concerns. */
    enum Scope {
        WHOLE,
        PART,
        GEOMETRY
    }

    /** Every concept. Colours and places are concepts of their own, read beside these. */
    static final List<EditConcept> ALL = List.of(
            of(
                    "brighter",
                    "bright|lighten|lighter|expos|well.?lit|illuminat|day(time|light)?\\b",
                    "Make the image brighter.",
                    Scope.WHOLE,
                    "BRIGHTER 1"),
            of(
                    "darker",
                    "dark|dim\\b|dimm|shad(ow|y)|underexpos|gloom",
                    "Make the image darker.",
                    Scope.WHOLE,
                    "BRIGHTER -1"),
            of(
                    "night",
                    "night|midnight|moonlit|evening|dusk",
                    "Make it look like night.",
                    Scope.WHOLE,
                    "BRIGHTER -1 WARM -0.6 TINT_BLUE 0.5 COLORFUL -0.2 NEW_BLACK 0.4 NEW_BLUE 0.2"),
            of(
                    "contrast",
                    "(more|increase|raise|boost|high|strong).{0,20}contrast|punch",
                    "Increase the contrast.",
                    Scope.WHOLE,
                    "CONTRAST 1"),
            of(
                    "lessContrast",
                    "(less|lower|decrease|reduce|low|weak).{0,20}contrast|faded|washed|matte",
                    "Lower the contrast.",
                    Scope.WHOLE,
                    "CONTRAST -1"),
            of(
                    "vivid",
                    "vivid|vibran|saturat(e|ed)?\\b|increase.{0,20}saturation|colou?rful|rich(er)? colou?r|pop\\b",
                    "Make the colours more vivid.",
                    Scope.WHOLE,
                    "COLORFUL 1"),
            of(
                    "muted",
                    "muted|desaturat|pale|pastel|dull|decrease.{0,20}saturation|less (saturat|colou?r)",
                    "Make the colours paler.",
                    Scope.WHOLE,
                    "COLORFUL -1"),
            of(
                    "grey",
                    "black.?(and|&|n).?white|gr[ae]y.?scale|monochrom|b&w|remove (all )?(the )?colou?r|colou?rless|gr[ae]y tones",
                    "Convert the photo to black and white.",
                    Scope.WHOLE,
                    "GREY 1 COLORFUL -0.6 NEW_GREY 0.3"),
            of(
                    "warm",
                    "warm|golden|sunset|sunrise|autumn|afternoon|amber|cozy",
                    "Give the image a warm tone.",
                    Scope.WHOLE,
                    "WARM 1 TINT_BLUE -0.5 TINT_RED 0.4"),
            of(
                    "cool",
                    "\\bcool|cold|bluish|wint(er|ry)|icy|frost|chill",
                    "Make the colours cooler and bluish.",
                    Scope.WHOLE,
                    "WARM -1 TINT_BLUE 0.7 TINT_RED -0.5"),
            of(
                    "sepia",
                    "sepia|vintage|old.?(photo|fashioned|look|film)|antique|retro|nostalg",
                    "Make it look like an old sepia photo.",
                    Scope.WHOLE,
                    "WARM 0.8 TINT_BLUE -0.5 COLORFUL -0.3 NEW_BROWN 0.4"),
            of("invert", "invert|negative|opposite colou?r", "Invert all colours.", Scope.WHOLE, "INVERTED 1"),
            of(
                    "hue",
                    "hue|(swap|shift|rotate|change|exchange).{0,20}(colou?rs|red and blue|channels)|different colou?rs",
                    "Change the hue of the image.",
                    Scope.WHOLE,
                    "HUE_TURNED 1"),
            of(
                    "blur",
                    "blur|out of focus|soft(en|er)?\\b|defocus|smooth",
                    "Blur the image.",
                    Scope.WHOLE,
                    "SHARPER -1"),
            of(
                    "sharpen",
                    "sharp|crisp|clear(er)?\\b|deblur|in focus|more detail",
                    "Sharpen the image.",
                    Scope.WHOLE,
                    "SHARPER 1"),
            of(
                    "outside",
                    "(blur|soft|defocus).{0,40}(outside|background|around|edges|periphery|everything)|bokeh|depth of field"
                            + "|(background|surround).{0,30}blur",
                    "Blur the background and keep the centre sharp.",
                    Scope.WHOLE,
                    "OUTSIDE_BLURRED 1 SHARPER -0.3"),
            of(
                    "vignette",
                    "vignett|(dark|shad).{0,20}(corner|edge)|(corner|edge)s?.{0,20}dark",
                    "Darken the corners of the image.",
                    Scope.WHOLE,
                    "CORNERS_DARK 1 BRIGHTER -0.3"),
            of(
                    "mirror",
                    "mirror|(flip|reflect).{0,30}(horizontal|left|sideways)|horizontal(ly)? (flip|reflect)|^flip (it|the [a-z]+)\\W*$",
                    "Flip the image horizontally.",
                    Scope.GEOMETRY,
                    "MIRRORED 1"),
            of(
                    "upend",
                    "upside|(flip|mirror|reflect).{0,30}vertical|vertical(ly)? (flip|mirror)|rotat|turn.{0,20}(degree|clockwise|around)"
                            + "|quarter turn",
                    "Turn the image upside down.",
                    Scope.GEOMETRY,
                    "UPENDED 1"),
            of(
                    "zoomIn",
                    "zoom(?!.{0,10}out)|crop|close.?up|closer|magnif|enlarge",
                    "Zoom in on the centre.",
                    Scope.GEOMETRY,
                    "ZOOMED_IN 1"),
            of(
                    "zoomOut",
                    "zoom.{0,10}out|shrink|smaller|further away|wider view",
                    "Zoom out.",
                    Scope.GEOMETRY,
                    "ZOOMED_OUT 1"),
            of(
                    "frame",
                    "border|frame|framing|outline around|edge around|margin",
                    "Add a border around the image.",
                    Scope.PART,
                    "FRAMED 1"),
            of(
                    "strip",
                    "\\b(bar|banner|strip|stripe|band|footer|header)\\b",
                    "Add a bar to the image.",
                    Scope.PART,
                    "STRIP_TOP 0.01 STRIP_BOTTOM 0.01"),
            of(
                    "text",
                    "\\b(text|word|caption|title|letter|write|written|sign|label|watermark|says?|reading|logo)s?\\b",
                    "Write a word on the image.",
                    Scope.PART,
                    "OBJECT 0.2"),
            of(
                    "specks",
                    "snow|rain|confetti|stars\\b|sparkl|dust|flakes|leaves|bubbles|petals|fireflies",
                    "Add falling snow.",
                    Scope.PART,
                    "SPECKS 1"),
            of("snow", "snow", "Make it snow.", Scope.PART, "NEW_WHITE 0.4 SPECKS 1 LIT 0.5"),
            of(
                    "fog",
                    "\\bfog|\\bmist|haz[ey]|smok[ey]|cloudy",
                    "Add fog.",
                    Scope.WHOLE,
                    "CONTRAST -1 BRIGHTER 0.4 COLORFUL -0.5"),
            of(
                    "sketch",
                    "sketch|pencil|line (art|drawing)|drawing|charcoal|ink\\b|outline",
                    "Turn the photo into a pencil sketch.",
                    Scope.WHOLE,
                    "SKETCHED 1 GREY 0.6 BRIGHTER 0.4 STYLIZED 0.6"),
            of(
                    "paint",
                    "paint|watercolou?r|cartoon|anime|comic|impression|van gogh|illustrat|artistic|style|poster|stylis|styliz|pop.?art",
                    "Turn the photo into a painting.",
                    Scope.WHOLE,
                    "STYLIZED 1"),
            of(
                    "pixels",
                    "pixel|mosaic|8.?bit|blocky|low.?res|tiles",
                    "Pixelate the image.",
                    Scope.WHOLE,
                    "COARSE 1 STYLIZED 0.6"),
            of(
                    "posterize",
                    "posteri[sz]|(few|fewer|number of) (flat )?colou?rs|flat colou?rs",
                    "Reduce the picture to a few flat colours.",
                    Scope.WHOLE,
                    "STYLIZED 0.4 CONTRAST 0.3"),
            of(
                    "threshold",
                    "threshold|(pure|only|just) black and (pure )?white|stencil",
                    "Use only pure black and pure white.",
                    Scope.WHOLE,
                    "CONTRAST 1 GREY 0.8 STYLIZED 0.4"),
            of(
                    "solarize",
                    "solari[sz]|thermal|heat.?map|infrared|psychedelic|false colou?r",
                    "Apply false colours.",
                    Scope.WHOLE,
                    "HUE_TURNED 0.6 STYLIZED 0.3"),
            of(
                    "cover",
                    "\\b(cover|hide|censor|block out|black out|redact)\\b|rectangle|\\bbox\\b",
                    "Cover a part of the picture with a box.",
                    Scope.PART,
                    "OBJECT 1"),
            of(
                    "move",
                    "\\b(move|relocate|shift)\\b.{0,40}\\b(to|towards)\\b",
                    "Move the object.",
                    Scope.PART,
                    "OBJECT 0.4"),
            of(
                    "sun",
                    "\\bsun\\b(?!.{0,4}set)",
                    "Add a yellow sun.",
                    Scope.PART,
                    "OBJECT 1 NEW_YELLOW 0.5 NEW_ORANGE 0.2"),
            of("moon", "\\bmoon\\b", "Add a moon.", Scope.PART, "OBJECT 1 NEW_WHITE 0.3 NEW_YELLOW 0.2 NEW_GREY 0.2"),
            of(
                    "object",
                    "\\b(add|put|place|insert|draw|include|paste|stick|write)\\b",
                    "Add an object to the picture.",
                    Scope.PART,
                    "OBJECT 0.6"),
            of(
                    "remove",
                    "remove|erase|delete|without|get rid|take away",
                    "Remove the object.",
                    Scope.PART,
                    "OBJECT 0.6"),
            of(
                    "replace",
                    "replace|swap|exchange|substitut|turn .{1,40} into|change .{1,40} (in)?to",
                    "Replace the object.",
                    Scope.PART,
                    "OBJECT 0.4"));

    private static EditConcept of(String name, String words, String sentence, Scope scope, String directions) {
        var map = new EnumMap<Axis, Double>(Axis.class);
        String[] parts = directions.split(" ");
        for (int i = 0; i < parts.length; i += 2) {
            map.put(Axis.valueOf(parts[i]), Double.valueOf(parts[i + 1]));
        }
        return new EditConcept(name, Pattern.compile(words), sentence, scope, map);
    }
}
