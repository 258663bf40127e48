package org.diptych.reward.encoder;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which colours an instruction wants to see and which to see go: "make the red car blue" wants blue and no red.
 *
 * @param wanted colours to come
 * @param gone colours to go
 */
record ColorRoles(Set<NamedColor> wanted, Set<NamedColor> gone) {

    private static final Map<NamedColor, Pattern> WORDS = words();
    private static final Pattern NO_CONTENT = Pattern.compile("black.?(and|&|n).?white|'[^']*'|\"[^\"]*\"|“[^”]*”");
    private static final Pattern REMOVAL =
            Pattern.compile("\\b(remove|erase|delete|get rid|take away|without|clear away|no more)\\b");
    private static final Pattern RECOLORING = Pattern.compile(
            "\\b(make|turn|change|paint|recolou?r|dye|colou?r|replace|swap|transform|convert)\\b.*\\b(to|into|in|with|by|for|\\w+)\\b");
    private static final Pattern ADDING = Pattern.compile("\\b(add|put|place|insert|draw|paste|include|write)\\b");
    private static final Pattern MOVING = Pattern.compile("\\b(move|shift|relocate|enlarge|shrink|resize)\\b");

    /** Reads an instruction in lower case. */
    static ColorRoles of(String text) {
        String plain = NO_CONTENT.matcher(text).replaceAll(" ");
        var wanted = EnumSet.noneOf(NamedColor.class);
        var gone = EnumSet.noneOf(NamedColor.class);
        var places = new EnumMap<NamedColor, Integer>(NamedColor.class);
        WORDS.forEach((color, pattern) -> {
            var matcher = pattern.matcher(plain);
            if (matcher.find()) {
                places.put(color, matcher.start());
            }
        });
        int last = places.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        boolean removal = REMOVAL.matcher(plain).find();
        boolean recoloring = places.size() > 1
                && !ADDING.matcher(plain).find()
                && RECOLORING.matcher(plain).find();
        boolean moving = MOVING.matcher(plain).find();
        places.forEach((color, place) -> {
            if (removal || (recoloring && place < last)) {
                gone.add(color);
            } else if (!moving) {
                wanted.add(color);
            }
        });
        return new ColorRoles(wanted, gone);
    }

    private static Map<NamedColor, Pattern> words() {
        var patterns = new EnumMap<NamedColor, Pattern>(NamedColor.class);
        patterns.put(NamedColor.BLACK, Pattern.compile("\\bblack"));
        patterns.put(NamedColor.WHITE, Pattern.compile("\\b(white|snowy|ivory)"));
        patterns.put(NamedColor.GREY, Pattern.compile("\\b(gr[ae]y(?!.?scale)|silver)"));
        patterns.put(NamedColor.RED, Pattern.compile("\\b(red(dish)?|crimson|scarlet|maroon)\\b"));
        patterns.put(NamedColor.ORANGE, Pattern.compile("\\borange"));
        patterns.put(NamedColor.YELLOW, Pattern.compile("\\byellow|\\bgold\\b"));
        patterns.put(NamedColor.GREEN, Pattern.compile("\\b(green|olive\\b|lime\\b|emerald)"));
        patterns.put(NamedColor.BLUE, Pattern.compile("\\b(blu(e|ish)|cyan|teal|turquoise|navy|azure)"));
        patterns.put(NamedColor.PURPLE, Pattern.compile("\\b(purpl|violet|magenta|lilac|lavender)"));
        patterns.put(NamedColor.PINK, Pattern.compile("\\bpink"));
        patterns.put(NamedColor.BROWN, Pattern.compile("\\b(brown|beige)"));
        return patterns;
    }
}
