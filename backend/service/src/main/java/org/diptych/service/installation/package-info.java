/** How the installation itself stands: its version, what it stores and where, and the jobs that run beside the work. */
@NullMarked
package org.diptych.service.installation;

import org.jspecify.annotations.NullMarked;
