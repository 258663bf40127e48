/** How figures that many people look at are read. */
@NullMarked
package org.diptych.service.figures;

import org.jspecify.annotations.NullMarked;
