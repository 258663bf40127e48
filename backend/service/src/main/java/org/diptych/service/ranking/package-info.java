/** How editing models compare by a campaign's labels. The ranking itself is in the statistics module. */
@NullMarked
package org.diptych.service.ranking;

import org.jspecify.annotations.NullMarked;
