/** Agreement of a campaign's labels, live. The coefficients themselves are in the statistics module. */
@NullMarked
package org.diptych.service.agreement;

import org.jspecify.annotations.NullMarked;
