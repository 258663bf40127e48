/** Where a person lands after signing in. */
@NullMarked
package org.diptych.home;

import org.jspecify.annotations.NullMarked;
