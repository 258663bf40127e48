package org.diptych.reward;

import java.util.Map;

/**
 * What a map must hold. A key that is missing is a mistake in the program, and to go on with another row, candidate or
 * annotator in its place would train on wrong data without a word.
 */
public final class Lookup {
    private Lookup() {}

    /**
     * The value of a key.
     *
     * @param what names what is looked up, for the error: "the row of candidate"
     * @throws IllegalStateException when there is none, with the key
     */
    public static <K, V> V of(Map<K, V> map, K key, String what) {
        var value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("%s %s is not known".formatted(what, key));
        }
        return value;
    }
}
