/**
 * Training runs and model versions as the rest of the product sees them: requested, followed, cancelled, promoted. The
 * model itself is in the reward module.
 */
@NullMarked
package org.diptych.service.reward;

import org.jspecify.annotations.NullMarked;
