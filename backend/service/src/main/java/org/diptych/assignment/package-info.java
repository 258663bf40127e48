/** Who labels which pair next: slots, leases with fencing tokens, blinded sides. */
@NullMarked
package org.diptych.assignment;

import org.jspecify.annotations.NullMarked;
