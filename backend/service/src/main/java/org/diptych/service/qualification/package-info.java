/** What stands between a new annotator and the queue: guideline, worked examples, qualification. */
@NullMarked
package org.diptych.service.qualification;

import org.jspecify.annotations.NullMarked;
