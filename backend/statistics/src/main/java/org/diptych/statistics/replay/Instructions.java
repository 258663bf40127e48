package org.diptych.statistics.replay;

import org.diptych.statistics.acquisition.FeatureMatrix;

/**
 * What is known of the items of a pool.
 *
 * @param features one row per item
 * @param labelled items of the past labels, an item once per label
 */
record Instructions(FeatureMatrix features, int[] labelled) {}
