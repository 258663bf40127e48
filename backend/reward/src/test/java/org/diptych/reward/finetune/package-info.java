@NullMarked
package org.diptych.reward.finetune;

import org.jspecify.annotations.NullMarked;
