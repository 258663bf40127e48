@NullMarked
package org.diptych.reward;

import org.jspecify.annotations.NullMarked;
