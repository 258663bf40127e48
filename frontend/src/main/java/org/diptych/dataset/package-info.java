/** Downloads of a campaign's labels. */
@NullMarked
package org.diptych.dataset;

import org.jspecify.annotations.NullMarked;
