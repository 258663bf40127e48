/**
 * Strengths from pairwise comparisons: Bradley-Terry, with ties (Rao-Kupper, Davidson), and with a bias towards one side of
 * the screen, as a parameter and as a test.
 */
@NullMarked
package org.diptych.statistics.ranking;

import org.jspecify.annotations.NullMarked;
