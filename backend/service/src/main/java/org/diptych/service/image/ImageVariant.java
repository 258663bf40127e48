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
        return differsFrom(image) ? reducedKey(key) : key;
    }

    /** Key of this variant of the picture with the given key, where there is one of its own. */
    String reducedKey(String original) {
        return original + "." + name().toLowerCase(Locale.ROOT);
    }
}
