/** Large answers: written to a file first, so that a slow client holds nothing but that file. */
@NullMarked
package org.diptych.service.download;

import org.jspecify.annotations.NullMarked;
