/**
 * Acquisition: which pairs to ask next, and how many labels each is worth.
 *
 * <p>The line of reading: a model turns labels into probabilities for the open pairs, a
 * {@link org.diptych.statistics.acquisition.Pool} holds them by column, an
 * {@link org.diptych.statistics.acquisition.AcquisitionPolicy} chooses a {@link org.diptych.statistics.acquisition.Batch} from
 * the pool, and {@link org.diptych.statistics.acquisition.NextOpinions} weighs new pairs against another opinion. Whether that
 * is better than choosing at random is measured offline in {@code org.diptych.statistics.replay}.
 *
 * <p>Nothing here reads a clock, a file or a database; random numbers are passed in, so the same seed gives the same
 * batch.
 */
@NullMarked
package org.diptych.statistics.acquisition;

import org.jspecify.annotations.NullMarked;
