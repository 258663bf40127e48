/**
 * How good a model's scores are against human judgements: pairwise and group accuracy, rank correlation, calibration,
 * selection regret, and intervals for all of them. Each published metric that is known to be flawed stands beside its
 * corrected form and says so in its name.
 */
@NullMarked
package org.diptych.statistics.evaluation;

import org.jspecify.annotations.NullMarked;
