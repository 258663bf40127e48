/** Signing in, and what a person sets for themselves. */
@NullMarked
package org.diptych.account;

import org.jspecify.annotations.NullMarked;
