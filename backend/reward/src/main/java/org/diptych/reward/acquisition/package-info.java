/** Candidates as a reward model sees them, in the form from which policies choose. */
@NullMarked
package org.diptych.reward.acquisition;

import org.jspecify.annotations.NullMarked;
