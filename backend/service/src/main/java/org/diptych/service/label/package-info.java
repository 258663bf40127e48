/** Labels: append-only, idempotent, bound to what the annotator was shown. */
@NullMarked
package org.diptych.service.label;

import org.jspecify.annotations.NullMarked;
