/** The annotator's workspace: a page that carries the browser component which does the work. */
@NullMarked
package org.diptych.ui.annotate;

import org.jspecify.annotations.NullMarked;
