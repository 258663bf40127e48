@NullMarked
package org.diptych.annotator;

import org.jspecify.annotations.NullMarked;
