/** The database of a stand-alone installation: a real PostgreSQL in the data folder, one instance at a time. */
@NullMarked
package org.diptych.embedded;

import org.jspecify.annotations.NullMarked;
