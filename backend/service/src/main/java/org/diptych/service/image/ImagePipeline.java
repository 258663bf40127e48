package org.diptych.service.image;

/**
 * The way from a file to pixels and to reduced variants, by number. Whoever changes what comes out of it raises the number: a
 * worker then looks again at every stored picture, and where its pixels differ all that was made of them is made anew.
 */
public final class ImagePipeline {
    /** Today's number; 1 heeded no colours. */
    public static final int VERSION = 2;

    private ImagePipeline() {}
}
