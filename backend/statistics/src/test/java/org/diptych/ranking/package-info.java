@NullMarked
package org.diptych.ranking;

import org.jspecify.annotations.NullMarked;
