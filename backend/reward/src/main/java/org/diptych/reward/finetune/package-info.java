/** Trains an exported TorchScript backbone end to end with a head of its own; the result is a new encoder. */
@NullMarked
package org.diptych.reward.finetune;

import org.jspecify.annotations.NullMarked;
