@NullMarked
package org.diptych.statistics.replay;

import org.jspecify.annotations.NullMarked;
