package org.diptych.reward.finetune;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads pictures by the names in {@link TuningPair}. */
@FunctionalInterface
public interface Pictures {

    BufferedImage read(String name) throws IOException;
}
