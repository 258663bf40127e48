/** Curation of outside sets of edits: what is read, which of it is chosen, and what is written. It knows nothing of HTTP. */
@NullMarked
package org.diptych.curation;

import org.jspecify.annotations.NullMarked;
