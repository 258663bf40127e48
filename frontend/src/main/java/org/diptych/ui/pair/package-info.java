/** Pairs: the search for them, one pair with all its answers, and what annotators wrote about them. */
@NullMarked
package org.diptych.ui.pair;

import org.jspecify.annotations.NullMarked;
