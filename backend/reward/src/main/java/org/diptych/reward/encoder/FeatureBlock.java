package org.diptych.reward.encoder;

/**
 * A named run of features that share a meaning, and so share a prior strength in the heads.
 *
 * @param name unique within the layout
 * @param kind what the features are about
 * @param size how many there are
 */
public record FeatureBlock(String name, Kind kind, int size) {

    /** What a feature is about; the heads choose the strength of their prior by kind and dimension. */
    public enum Kind {
        /** The edited image on its own: noise, compression, sharpness. */
        QUALITY,
        /** The change from source to edit, whatever was asked. */
        CHANGE,
        /** Activations of a learned network, and their distances. */
        DEEP,
        /** How well the change fits the instruction, through concepts that both share. */
        MATCH,
        /** Levels as estimated from scripted edits of known quality: {@link Experience}. */
        EXPERIENCE,
        /** The instruction alone: how hard a request is. */
        INSTRUCTION,
        /** Products of change and instruction: what the data alone must explain. */
        INTERACTION
    }

    public FeatureBlock {
        if (size < 1) {
            throw new IllegalArgumentException("block %s has no features".formatted(name));
        }
    }
}
