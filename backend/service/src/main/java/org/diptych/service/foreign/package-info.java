/** Datasets and labels of other tools: read with a mapping, and imported as items and as labels that stay apart. */
@NullMarked
package org.diptych.service.foreign;

import org.jspecify.annotations.NullMarked;
