/** Benchmarks of the annotator's workspace. */
@NullMarked
package org.diptych.bench;

import org.jspecify.annotations.NullMarked;
