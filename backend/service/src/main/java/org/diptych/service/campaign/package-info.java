/** Campaigns: settings, members, items, candidates, pairs, and the import that makes them. */
@NullMarked
package org.diptych.service.campaign;

import org.jspecify.annotations.NullMarked;
