/** Benchmarks of the worker on a real database. */
@NullMarked
package org.diptych.reward.worker;

import org.jspecify.annotations.NullMarked;
