/** How campaigns stand, read of their labels beside the requests: pace, forecast, agreement by week. */
@NullMarked
package org.diptych.service.health;

import org.jspecify.annotations.NullMarked;
