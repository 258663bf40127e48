@NullMarked
package org.diptych.statistics.evaluation;

import org.jspecify.annotations.NullMarked;
