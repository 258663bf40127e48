@NullMarked
package org.diptych.statistics.acquisition;

import org.jspecify.annotations.NullMarked;
