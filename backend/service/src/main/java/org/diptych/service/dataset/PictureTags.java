package org.diptych.service.dataset;

import java.util.regex.Pattern;

/** The tags that stand for pictures in the texts of ms-swift and LLaMA-Factory, which count them against the files of a row. */
final class PictureTags {
    private static final Pattern TAG = Pattern.compile("<(?=(?:image|video|audio)>)");

    /** Looks the same and is no tag: a space without width comes after the bracket. */
    private static final String APART = "<\u200b";

    private PictureTags() {}

    /** A text in which what people wrote is no tag. */
    static String apart(String text) {
        return TAG.matcher(text).replaceAll(APART);
    }
}
