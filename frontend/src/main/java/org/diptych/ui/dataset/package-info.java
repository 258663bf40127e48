/** Downloads of a campaign's labels. */
@NullMarked
package org.diptych.ui.dataset;

import org.jspecify.annotations.NullMarked;
