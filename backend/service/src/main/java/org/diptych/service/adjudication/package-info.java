/**
 * Disputed pairs and who decides them: the queue of those that a decision is worth most, verdicts that are only added to,
 * what annotators learn of them, and their objections.
 */
@NullMarked
package org.diptych.service.adjudication;

import org.jspecify.annotations.NullMarked;
