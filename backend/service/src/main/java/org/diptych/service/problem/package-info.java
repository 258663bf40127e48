/** How a request that cannot be served is answered: problem documents with a stable code. */
@NullMarked
package org.diptych.service.problem;

import org.jspecify.annotations.NullMarked;
