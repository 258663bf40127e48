/** Alerts on their way out: by mail to people, by webhook to programs. */
@NullMarked
package org.diptych.service.delivery;

import org.jspecify.annotations.NullMarked;
