/** The charts of the lead pages: what they hold, drawn by the custom elements of the bundle {@code wc/charts.js}. */
@NullMarked
package org.diptych.ui.chart;

import org.jspecify.annotations.NullMarked;
