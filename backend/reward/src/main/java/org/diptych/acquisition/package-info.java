/** Candidates as a reward model sees them, in the form from which policies choose. */
@NullMarked
package org.diptych.acquisition;

import org.jspecify.annotations.NullMarked;
