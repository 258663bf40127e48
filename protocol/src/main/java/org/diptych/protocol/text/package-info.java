/** What a text may hold, the same for every way in. */
@NullMarked
package org.diptych.protocol.text;

import org.jspecify.annotations.NullMarked;
