/** A lead's first look: the list of campaigns, and one campaign at a glance. */
@NullMarked
package org.diptych.ui.overview;

import org.jspecify.annotations.NullMarked;
