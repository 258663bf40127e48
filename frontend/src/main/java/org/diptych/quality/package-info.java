/** How well annotators do, as leads see it. */
@NullMarked
package org.diptych.quality;

import org.jspecify.annotations.NullMarked;
