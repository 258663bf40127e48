/**
 * Edit-leak evidence: what an edit changed outside the region that it plainly touched, so that exclusivity can be judged
 * rather than guessed. Measured from the pictures alone, once for each candidate.
 */
@NullMarked
package org.diptych.service.evidence;

import org.jspecify.annotations.NullMarked;
