/** The annotator's workspace: a page that carries the browser component which does the work. */
@NullMarked
package org.diptych.annotate;

import org.jspecify.annotations.NullMarked;
