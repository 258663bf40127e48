/** Studies and benchmarks of the agreement coefficients. */
@NullMarked
package org.diptych.statistics.agreement;

import org.jspecify.annotations.NullMarked;
