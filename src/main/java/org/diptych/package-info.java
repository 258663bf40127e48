/** The application: entry point, command line, embedded database, demo campaign. */
@NullMarked
package org.diptych;

import org.jspecify.annotations.NullMarked;
