/** Benchmarks of the annotator's workspace. */
@NullMarked
package org.diptych.annotate;

import org.jspecify.annotations.NullMarked;
