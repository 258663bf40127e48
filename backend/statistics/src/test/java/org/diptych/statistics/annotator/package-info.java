@NullMarked
package org.diptych.statistics.annotator;

import org.jspecify.annotations.NullMarked;
