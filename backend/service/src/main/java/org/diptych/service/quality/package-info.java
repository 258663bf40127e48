/** How well annotators do: qualification attempts, known answers, gold, and what leads see of it. */
@NullMarked
package org.diptych.service.quality;

import org.jspecify.annotations.NullMarked;
