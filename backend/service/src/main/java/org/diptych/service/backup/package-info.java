/** Backups: everything that an installation keeps, as one checked file, and an empty installation filled from one. */
@NullMarked
package org.diptych.service.backup;

import org.jspecify.annotations.NullMarked;
