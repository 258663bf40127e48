/** People, how they sign in, their tokens, and what they may touch. */
@NullMarked
package org.diptych.service.account;

import org.jspecify.annotations.NullMarked;
