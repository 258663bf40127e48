/** What every step does with rows of the database. */
@NullMarked
package org.diptych.service.database;

import org.jspecify.annotations.NullMarked;
