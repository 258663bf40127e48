/** What is next in the queue and why, as leads see it. */
@NullMarked
package org.diptych.acquisition;

import org.jspecify.annotations.NullMarked;
