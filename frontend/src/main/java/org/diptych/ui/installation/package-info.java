/** How the installation stands. */
@NullMarked
package org.diptych.ui.installation;

import org.jspecify.annotations.NullMarked;
