/** What is done about an annotator's work: figures, rules, pauses and what annotators say to them, exclusion, retraining. */
@NullMarked
package org.diptych.service.conduct;

import org.jspecify.annotations.NullMarked;
