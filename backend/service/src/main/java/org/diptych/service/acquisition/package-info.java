/** Closes the loop: writes what a model chose into the queue, and shows what is next and why. */
@NullMarked
package org.diptych.service.acquisition;

import org.jspecify.annotations.NullMarked;
