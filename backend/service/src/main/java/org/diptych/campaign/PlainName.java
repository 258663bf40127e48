package org.diptych.campaign;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** How names of campaigns are stored, compared and looked up: composed (NFC), without blanks around them. */
public final class PlainName {
    /** Also the blanks that cannot be seen: no-break spaces, zero-width ones, byte order marks. */
    private static final String BLANKS = "[\\s\\p{Z}\u200b-\u200f\u2060\ufeff]+";
    private static final Pattern BLANKS_AROUND = Pattern.compile("^" + BLANKS + "|" + BLANKS + "$");

    private PlainName() {}

    /** The plain form of a name. */
    public static String of(String name) {
        return BLANKS_AROUND
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFC))
                .replaceAll("");
    }
}
