package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;

/**
 * Turns one edit into the features that the reward heads read.
 *
 * <p>Encoding is a pure function of its arguments: the same source, edit and instruction give the same features under the
 * same {@link #encoderId()}, so features may be stored per candidate and encoder. Implementations may be called by several
 * threads at once.
 */
public interface EditEncoder extends AutoCloseable {

    /**
     * Names this encoder's function: a digest over its weights and the version of its preprocessing. Features of different
     * ids must never be mixed.
     */
    String encoderId();

    /** The parts of the feature vector, in order. */
    FeatureLayout layout();

    /** The length of the feature vector. */
    default int dimension() {
        return layout().dimension();
    }

    /**
     * Encodes one edit.
     *
     * @param source the image before the edit; implementations keep what they computed for the last few sources, so
     *     candidates of one source should come one after another with the same image object
     * @param edited the image after the edit, of any size
     * @param instruction what the editor was asked to do
     * @return {@link #dimension()} finite numbers
     * @throws EncodingException if the encoder failed or produced a number that is not finite
     */
    float[] encode(BufferedImage source, BufferedImage edited, String instruction);

    /**
     * How many callers at once make the most of this encoder: by default as many as the system property
     * {@code diptych.encoding.threads} allows, one for each core where it is not set.
     */
    default int callers() {
        return Integer.getInteger(
                "diptych.encoding.threads", Runtime.getRuntime().availableProcessors());
    }

    /** Releases native memory. */
    @Override
    void close();
}
