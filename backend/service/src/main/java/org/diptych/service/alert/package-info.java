/** What waits for a lead: found by a job, told to the pages, ended when its cause has. */
@NullMarked
package org.diptych.service.alert;

import org.jspecify.annotations.NullMarked;
