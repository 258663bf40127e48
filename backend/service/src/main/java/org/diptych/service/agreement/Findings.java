package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.diptych.service.agreement.AgreementFigures.AnnotatorFigures;
import org.diptych.service.agreement.AgreementFigures.Finding;
import org.diptych.service.agreement.AgreementFigures.Group;
import org.diptych.service.agreement.AgreementFigures.Week;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.service.agreement.CampaignAgreement.Reading;

/** What in the figures deserves a look: only what its interval or its corrected test supports. */
final class Findings {
    private static final double SURE = 0.05;
    /** A smaller change of alpha is nobody's fault. */
    private static final double WORTH = 0.02;

    private static final int RECENT = 4;

    private final Reading whole;
    private final List<Finding> found = new ArrayList<>();

    Findings(Reading whole) {
        this.whole = whole;
    }

    Findings people(List<AnnotatorFigures> annotators) {
        for (var annotator : annotators) {
            var name = annotator.person().name();
            var sides = annotator.sides();
            if (sides != null && sides.pValue() < SURE) {
                found.add(new Finding("side", name, sides.share(), 0.5, sides.pValue()));
            }
            var change = annotator.change();
            if (change != null && change.pValue() < SURE && change.later() < change.earlier()) {
                found.add(new Finding("change", name, change.later(), change.earlier(), change.pValue()));
            }
        }
        disagrees(annotators);
        influence(annotators);
        return this;
    }

    /** Somebody whose agreement with the others lies wholly below what is usual. */
    private void disagrees(List<AnnotatorFigures> annotators) {
        var usual = annotators.stream()
                .filter(annotator -> annotator.shared() >= AgreementFigures.LEAST_SHARED)
                .map(AnnotatorFigures::agreement)
                .filter(Objects::nonNull)
                .mapToDouble(Findings::value)
                .sorted()
                .toArray();
        if (usual.length < 3) {
            return;
        }
        double median = usual[usual.length / 2];
        double lowerQuarter = usual[usual.length / 4];
        for (var annotator : annotators) {
            var agreement = annotator.agreement();
            if (annotator.shared() >= AgreementFigures.LEAST_SHARED
                    && agreement != null
                    && agreement.high() != null
                    // far below the others as they are spread, and not only below their middle
                    && agreement.high() < median - 2 * (median - lowerQuarter)
                    && agreement.high() < median - WORTH) {
                found.add(new Finding("disagrees", annotator.person().name(), value(agreement), median, null));
            }
        }
    }

    private void influence(List<AnnotatorFigures> annotators) {
        var alpha = whole.alpha().value();
        if (alpha == null) {
            return;
        }
        annotators.stream()
                .filter(annotator -> without(annotator) >= alpha + WORTH)
                .max(Comparator.comparingDouble(Findings::without))
                .ifPresent(annotator -> found.add(
                        new Finding("influence", annotator.person().name(), without(annotator), alpha, null)));
    }

    /** Not a number where it is not known. */
    private static double without(AnnotatorFigures annotator) {
        var figure = annotator.without();
        return figure == null || figure.value() == null ? Double.NaN : figure.value();
    }

    /** A figure whose interval is known has a value. */
    private static double value(Figure figure) {
        return Objects.requireNonNull(figure.value());
    }

    /** Categories whose alpha lies wholly below that of all pairs. */
    Findings categories(List<Group> categories) {
        var low = whole.alpha().low();
        if (low != null) {
            categories.stream()
                    .filter(group -> isBelow(group.reading().alpha(), low))
                    .min(Comparator.comparingDouble(
                            group -> value(group.reading().alpha())))
                    .ifPresent(group -> found.add(new Finding(
                            "category", group.name(), value(group.reading().alpha()), value(whole.alpha()), null)));
        }
        return this;
    }

    private static boolean isBelow(Figure figure, double bound) {
        var high = figure.high();
        return high != null && high < bound;
    }

    private static boolean isAbove(Figure figure, double bound) {
        var low = figure.low();
        return low != null && low > bound;
    }

    /** The last weeks against those before, where no interval of the one reaches the mean of the other. */
    Findings trend(List<Week> weeks, int dimension) {
        var alphas = weeks.stream()
                .map(week -> week.dimensions().get(dimension).alpha())
                .filter(alpha -> alpha.value() != null)
                .toList();
        if (alphas.size() >= 2 * RECENT) {
            var before = alphas.subList(0, alphas.size() - RECENT);
            var recent = alphas.subList(alphas.size() - RECENT, alphas.size());
            double mean = before.stream().mapToDouble(Findings::value).average().orElseThrow();
            double now = recent.stream().mapToDouble(Findings::value).average().orElseThrow();
            boolean fell = recent.stream().allMatch(alpha -> isBelow(alpha, mean));
            boolean rose = recent.stream().allMatch(alpha -> isAbove(alpha, mean));
            if (fell || rose) {
                found.add(new Finding("trend", null, now, mean, null));
            }
        }
        return this;
    }

    List<Finding> list() {
        return List.copyOf(found);
    }
}
