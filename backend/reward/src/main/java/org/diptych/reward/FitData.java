package org.diptych.reward;

/**
 * What every fit of a training run reads.
 *
 * @param set the labels, their weights included
 * @param standardization of the features
 * @param annotators numbers and sides of the annotators
 * @param settings how to train
 */
record FitData(
        TrainingSet set, Standardization standardization, AnnotatorEffects annotators, TrainingSettings settings) {}
