/**
 * Agreement between annotators: Krippendorff's alpha, Gwet's AC1 and AC2, the kappas, percent agreement, and intervals
 * for them.
 *
 * <p>Start at {@link org.diptych.statistics.agreement.Ratings} (who gave which value to which unit) and ask
 * {@link org.diptych.statistics.agreement.Agreement} for one {@link org.diptych.statistics.agreement.Measure} or
 * {@link org.diptych.statistics.agreement.AgreementReport} for all of them.
 *
 * <p>Everything but the coefficients that need to know the annotators is computed from a
 * {@link org.diptych.statistics.agreement.PatternHistogram}: how many units were rated in each distinct way. With four values and
 * three ratings a unit there are at most 34 ways, whatever the number of units.
 */
@NullMarked
package org.diptych.statistics.agreement;

import org.jspecify.annotations.NullMarked;
