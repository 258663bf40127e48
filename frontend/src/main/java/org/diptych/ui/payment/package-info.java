/** What annotators did in a period, as leads see it. */
@NullMarked
package org.diptych.ui.payment;

import org.jspecify.annotations.NullMarked;
