@NullMarked
package org.diptych.data;

import org.jspecify.annotations.NullMarked;
