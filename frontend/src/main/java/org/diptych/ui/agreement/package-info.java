/** How well annotators agree, as leads see it. */
@NullMarked
package org.diptych.ui.agreement;

import org.jspecify.annotations.NullMarked;
