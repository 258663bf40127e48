/** Studies and benchmarks of the reward model. */
@NullMarked
package org.diptych.reward;

import org.jspecify.annotations.NullMarked;
