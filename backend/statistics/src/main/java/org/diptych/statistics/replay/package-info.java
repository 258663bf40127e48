/**
 * The offline benchmark of acquisition: labels that exist already are asked for in the order that a policy wants.
 *
 * <p>The line of reading: a {@link org.diptych.statistics.replay.ReplayTable} holds the labels, a
 * {@link org.diptych.statistics.replay.PreferenceModel} learns from those asked for so far and scores the open pairs, an
 * {@link org.diptych.statistics.acquisition.AcquisitionPolicy} chooses, and {@link org.diptych.statistics.replay.Replay}
 * measures whether that was better than choosing at random.
 *
 * <p>Nothing in a campaign uses this package.
 */
@NullMarked
package org.diptych.statistics.replay;

import org.jspecify.annotations.NullMarked;
