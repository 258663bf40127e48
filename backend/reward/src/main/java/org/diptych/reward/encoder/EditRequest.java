package org.diptych.reward.encoder;

import java.awt.image.BufferedImage;

/**
 * One edit to encode.
 *
 * @param source the image before the edit
 * @param edited the image after the edit
 * @param instruction what the editor was asked to do
 */
public record EditRequest(BufferedImage source, BufferedImage edited, String instruction) {}
