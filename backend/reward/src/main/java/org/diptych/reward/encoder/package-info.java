/**
 * Encoders: (source image, edited image, instruction) to a feature vector.
 */
@NullMarked
package org.diptych.reward.encoder;

import org.jspecify.annotations.NullMarked;
