/** Published protocols in the database: immutable, identified by digest. */
@NullMarked
package org.diptych.service.protocol;

import org.jspecify.annotations.NullMarked;
