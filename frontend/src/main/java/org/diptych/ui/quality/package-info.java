/** How well annotators do, as leads see it. */
@NullMarked
package org.diptych.ui.quality;

import org.jspecify.annotations.NullMarked;
