/** Training runs and model versions, as leads see them. */
@NullMarked
package org.diptych.ui.reward;

import org.jspecify.annotations.NullMarked;
