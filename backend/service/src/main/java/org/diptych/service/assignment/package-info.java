/** Who labels which pair next: slots, leases with fencing tokens, blinded sides. */
@NullMarked
package org.diptych.service.assignment;

import org.jspecify.annotations.NullMarked;
