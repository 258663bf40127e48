/** What annotators did in a period, and what that comes to. */
@NullMarked
package org.diptych.service.payment;

import org.jspecify.annotations.NullMarked;
