@NullMarked
package org.diptych.statistics.data;

import org.jspecify.annotations.NullMarked;
