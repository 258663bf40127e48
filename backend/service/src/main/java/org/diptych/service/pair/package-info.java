/** One pair with all that is known of it, what annotators wrote about it, and the search for pairs. */
@NullMarked
package org.diptych.service.pair;

import org.jspecify.annotations.NullMarked;
