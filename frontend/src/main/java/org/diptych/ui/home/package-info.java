/** Where a person lands after signing in. */
@NullMarked
package org.diptych.ui.home;

import org.jspecify.annotations.NullMarked;
