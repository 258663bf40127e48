/** Pages about what waits for a lead, and how they are told of it. */
@NullMarked
package org.diptych.ui.alert;

import org.jspecify.annotations.NullMarked;
