package org.diptych.protocol;

import java.util.Map;

/**
 * A text in the languages of a protocol. English is always there.
 *
 * @param texts language tag to text
 */
public record LocalizedText(Map<String, String> texts) {
    public LocalizedText {
        texts = Map.copyOf(texts);
        if (!texts.containsKey("en")) {
            throw new IllegalArgumentException("a text needs an English version (en)");
        }
    }

    /** The text in the given language, else in English. */
    public String in(String language) {
        var text = texts.get(language);
        return text != null ? text : english();
    }

    private String english() {
        var english = texts.get("en");
        if (english == null) {
            throw new IllegalStateException("checked in the constructor");
        }
        return english;
    }
}
