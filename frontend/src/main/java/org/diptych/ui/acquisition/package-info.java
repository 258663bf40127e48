/** What is next in the queue and why, as leads see it. */
@NullMarked
package org.diptych.ui.acquisition;

import org.jspecify.annotations.NullMarked;
