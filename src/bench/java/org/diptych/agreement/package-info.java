/** Studies and benchmarks of the agreement coefficients. */
@NullMarked
package org.diptych.agreement;

import org.jspecify.annotations.NullMarked;
