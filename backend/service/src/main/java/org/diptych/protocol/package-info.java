/** Published protocols in the database: immutable, identified by digest. */
@NullMarked
package org.diptych.protocol;

import org.jspecify.annotations.NullMarked;
