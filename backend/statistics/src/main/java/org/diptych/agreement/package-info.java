/**
 * Agreement between annotators: Krippendorff's alpha, Gwet's AC1 and AC2, the kappas, percent agreement, and intervals
 * for them.
 *
 * <p>Start at {@link org.diptych.agreement.Ratings} (who gave which value to which unit) and ask
 * {@link org.diptych.agreement.Agreement} for one {@link org.diptych.agreement.Measure} or
 * {@link org.diptych.agreement.AgreementReport} for all of them. Where ratings arrive one by one,
 * {@link org.diptych.agreement.IncrementalAgreement} keeps the state.
 *
 * <p>Everything but the coefficients that need to know the annotators is computed from a
 * {@link org.diptych.agreement.PatternHistogram}: how many units were rated in each distinct way. With four values and
 * three ratings a unit there are at most 34 ways, whatever the number of units.
 */
@NullMarked
package org.diptych.agreement;

import org.jspecify.annotations.NullMarked;
