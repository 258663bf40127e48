@NullMarked
package org.diptych.statistics.ranking;

import org.jspecify.annotations.NullMarked;
