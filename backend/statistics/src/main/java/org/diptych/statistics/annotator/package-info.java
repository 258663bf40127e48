/**
 * What several annotators together say about each task, and how far each of them can be trusted: Dawid-Skene, with one
 * number per annotator or a confusion matrix, over categorical labels.
 *
 * <p>A {@link org.diptych.statistics.annotator.LabelTable} goes in, a {@link org.diptych.statistics.annotator.Fit} comes out: its result can
 * only be reached by deciding what to do when the fit has not converged.
 */
@NullMarked
package org.diptych.statistics.annotator;

import org.jspecify.annotations.NullMarked;
