@NullMarked
package org.diptych.reward.encoder;

import org.jspecify.annotations.NullMarked;
