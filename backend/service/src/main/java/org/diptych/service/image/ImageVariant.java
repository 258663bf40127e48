package org.diptych.service.image;

import java.util.Locale;

/** The sizes in which a picture is served. */
enum ImageVariant {
    /** The stored bytes. */
    ORIGINAL(Integer.MAX_VALUE),
    /** Large enough for a screen. */
    DISPLAY(2048),
    /** For lists. */
    THUMBNAIL(256);

    private final int longestSide;

    ImageVariant(int longestSide) {
        this.longestSide = longestSide;
    }

    /** Upper limit of the longest side, pixels. */
    int longestSide() {
        return longestSide;
    }

    /** Whether the variant differs from the stored picture; one that is small enough already is its own variant. */
    boolean differsFrom(StoredImage image) {
        return image.longestSide() > longestSide;
    }

    /** Key of this variant in the object store. */
    String key(StoredImage image) {
        var key = ObjectStore.keyOf(image.sha256());
        return differsFrom(image) ? reducedKey(key, image.remadeBy()) : key;
    }

    /**
     * Key of this variant of the picture with the given key, where there is one of its own.
     *
     * @param remadeBy version that made it anew, or 0: objects never change, so it has another name then
     */
    String reducedKey(String original, int remadeBy) {
        return original + suffix() + (remadeBy == 0 ? "" : "-" + remadeBy);
    }

    /** Ending of the key of a variant that was made when the picture came in. */
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
