/** Signing in, and what a person sets for themselves. */
@NullMarked
package org.diptych.ui.account;

import org.jspecify.annotations.NullMarked;
