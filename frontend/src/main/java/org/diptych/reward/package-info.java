/** Training runs and model versions, as leads see them. */
@NullMarked
package org.diptych.reward;

import org.jspecify.annotations.NullMarked;
