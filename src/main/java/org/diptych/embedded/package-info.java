/**
 * The database: of a stand-alone installation a real PostgreSQL in the data folder, one instance at a time, else the
 * installation's own.
 */
@NullMarked
package org.diptych.embedded;

import org.jspecify.annotations.NullMarked;
