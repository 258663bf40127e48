/** How editing models compare, as leads see it. */
@NullMarked
package org.diptych.ui.ranking;

import org.jspecify.annotations.NullMarked;
