/** Who did what. */
@NullMarked
package org.diptych.ui.audit;

import org.jspecify.annotations.NullMarked;
