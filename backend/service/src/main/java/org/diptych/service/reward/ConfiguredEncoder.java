package org.diptych.service.reward;

/** The encoder that this installation computes features with. */
public interface ConfiguredEncoder {

    /** Its id. Telling it loads no network. */
    String encoderId();

    /** Whether a version reads its features, or those of an encoder that was tuned from it and lies with the version. */
    default boolean reads(ModelVersion version) {
        return version.encoderId().equals(encoderId()) || version.encoderId().startsWith(encoderId() + "+");
    }
}
