/** People, how they sign in, their tokens, and what they may touch. */
@NullMarked
package org.diptych.account;

import org.jspecify.annotations.NullMarked;
