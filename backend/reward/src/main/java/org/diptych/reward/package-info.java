/**
 * The reward model: features of an edit, one head per protocol dimension, training, calibration and scoring.
 *
 * <p>Nothing in here knows a database or a web framework; the worker's tasks around it do.
 */
@NullMarked
package org.diptych.reward;

import org.jspecify.annotations.NullMarked;
