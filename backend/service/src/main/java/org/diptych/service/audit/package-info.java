/** The one place through which entries of the audit log are written. */
@NullMarked
package org.diptych.service.audit;

import org.jspecify.annotations.NullMarked;
