package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.diptych.statistics.agreement.Interval.Method;

/** Turns replicates, leave-one-out values and standard errors into intervals. */
final class IntervalEstimator {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Share of the replicates that must be defined. */
    private static final double ENOUGH = 0.95;

    private final IntervalSettings settings;

    IntervalEstimator(IntervalSettings settings) {
        this.settings = settings;
    }

    /**
     * BCa, bootstrap percentile and jackknife intervals, as far as the data allow them. BCa comes first because its
     * coverage is nearest to the nominal one for few units and for coefficients near 1.
     */
    List<Interval> intervals(PatternHistogram histogram, Statistic statistic, double value, double[] replicates) {
        var jackknife = Jackknife.isAffordable(histogram, statistic)
                ? Optional.of(Jackknife.of(histogram, statistic)).filter(Jackknife::isDefined)
                : Optional.<Jackknife>empty();
        var intervals = new ArrayList<Interval>();
        var sorted = Bootstrap.sortedDefined(replicates);
        if (sorted.length >= ENOUGH * replicates.length) {
            jackknife.flatMap(left -> biasCorrected(sorted, value, left)).ifPresent(intervals::add);
            intervals.add(percentile(sorted));
        }
        jackknife.ifPresent(
                left -> intervals.add(jackknife(value, left, histogram.counts().pairable() - 1.0)));
        return intervals;
    }

    Interval jackknife(double value, Jackknife jackknife, double degreesOfFreedom) {
        return student(Method.JACKKNIFE, value, jackknife.standardError(), degreesOfFreedom);
    }

    Interval gwetAnalytic(double value, PatternHistogram histogram, WeightScheme scheme) {
        var standardError = GwetVariance.standardError(histogram, scheme);
        return student(
                Method.GWET_ANALYTIC, value, standardError, histogram.counts().units() - 1.0);
    }

    private Interval percentile(double[] sorted) {
        var tail = (1 - settings.level()) / 2;
        return bootstrap(Method.BOOTSTRAP_PERCENTILE, sorted, tail, 1 - tail);
    }

    /** Empty where the estimate lies outside its replicates or nothing varies. */
    private Optional<Interval> biasCorrected(double[] sorted, double value, Jackknife jackknife) {
        double below = 0;
        for (var replicate : sorted) {
            below += replicate < value ? 1 : replicate == value ? 0.5 : 0;
        }
        var acceleration = jackknife.acceleration();
        if (below == 0 || below == sorted.length || acceleration.isEmpty()) {
            return Optional.empty();
        }
        var bias = NORMAL.inverseCumulativeProbability(below / sorted.length);
        var tail = (1 - settings.level()) / 2;
        return Optional.of(bootstrap(
                Method.BOOTSTRAP_BCA,
                sorted,
                corrected(tail, bias, acceleration.getAsDouble()),
                corrected(1 - tail, bias, acceleration.getAsDouble())));
    }

    private static double corrected(double share, double bias, double acceleration) {
        var shifted = bias + NORMAL.inverseCumulativeProbability(share);
        return NORMAL.cumulativeProbability(bias + shifted / (1 - acceleration * shifted));
    }

    private Interval bootstrap(Method method, double[] sorted, double lowShare, double highShare) {
        double mean = 0;
        for (var replicate : sorted) {
            mean += replicate / sorted.length;
        }
        double squares = 0;
        for (var replicate : sorted) {
            squares += (replicate - mean) * (replicate - mean);
        }
        return new Interval(
                Bootstrap.percentile(sorted, lowShare),
                Bootstrap.percentile(sorted, highShare),
                settings.level(),
                method,
                sorted.length,
                Math.sqrt(squares / (sorted.length - 1)));
    }

    private Interval student(Method method, double value, double standardError, double degreesOfFreedom) {
        var quantile = TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(1 - (1 - settings.level()) / 2);
        return new Interval(
                value - quantile * standardError,
                Math.min(1, value + quantile * standardError),
                settings.level(),
                method,
                0,
                standardError);
    }
}
