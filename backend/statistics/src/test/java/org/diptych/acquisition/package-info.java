@NullMarked
package org.diptych.acquisition;

import org.jspecify.annotations.NullMarked;
