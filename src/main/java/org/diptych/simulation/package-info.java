/** Simulated annotators: how they answer, and how much they do. They know nothing of HTTP. */
@NullMarked
package org.diptych.simulation;

import org.jspecify.annotations.NullMarked;
