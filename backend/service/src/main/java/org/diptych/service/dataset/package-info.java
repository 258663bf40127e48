/** What leaves the platform and what models learn from: frozen snapshots of labels, and exports. */
@NullMarked
package org.diptych.service.dataset;

import org.jspecify.annotations.NullMarked;
