@NullMarked
package org.diptych.evaluation;

import org.jspecify.annotations.NullMarked;
