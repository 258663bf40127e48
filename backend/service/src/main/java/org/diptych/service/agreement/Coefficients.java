package org.diptych.service.agreement;

import java.util.List;
import java.util.SplittableRandom;
import org.diptych.statistics.agreement.Agreement;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.agreement.Estimate;
import org.diptych.statistics.agreement.Interval;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.PatternHistogram;
import org.jspecify.annotations.Nullable;

/** Alpha, Gwet's coefficient and plain agreement, as they are handed out. */
final class Coefficients {
    /** For what is one of many in a chart: the ends of an interval are off by a few hundredths of its width. */
    static final IntervalSettings MANY = new IntervalSettings(400, 0.95);

    private Coefficients() {}

    static CampaignAgreement.Reading reading(Scale scale, PatternHistogram histogram, IntervalSettings settings) {
        var agreement = Agreement.of(histogram);
        var estimates = agreement.estimates(List.of(scale.alpha(), scale.gwet(), Measure.PERCENT), settings, random());
        var counts = agreement.counts();
        return new CampaignAgreement.Reading(
                figure(estimates.get(scale.alpha())),
                figure(estimates.get(scale.gwet())),
                figure(estimates.get(Measure.PERCENT)),
                counts.units(),
                counts.pairable(),
                counts.ratings());
    }

    /** Equal labels give equal intervals: they must not flicker on a page that is read again and again. */
    static SplittableRandom random() {
        return new SplittableRandom(1);
    }

    static CampaignAgreement.Figure figure(@Nullable Estimate estimate) {
        if (estimate == null) {
            throw new IllegalStateException("every measure asked for has an estimate");
        }
        return switch (estimate.coefficient()) {
            case Coefficient.Defined defined -> {
                var interval = estimate.interval();
                yield new CampaignAgreement.Figure(
                        defined.value(),
                        interval.map(Interval::low).orElse(null),
                        interval.map(Interval::high).orElse(null),
                        null);
            }
            case Coefficient.Undefined undefined ->
                new CampaignAgreement.Figure(null, null, null, undefined.explanation());
        };
    }
}
