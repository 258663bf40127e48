package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
                .filter(figure -> figure != null && figure.value() != null)
                .map(Figure::value)
                .sorted()
                .toList();
        if (usual.size() < 3) {
            return;
        }
        double median = usual.get(usual.size() / 2);
        double lowerQuarter = usual.get(usual.size() / 4);
        for (var annotator : annotators) {
            var agreement = annotator.agreement();
            if (annotator.shared() >= AgreementFigures.LEAST_SHARED
                    && agreement != null
                    && agreement.high() != null
                    && agreement.value() != null
                    // far below the others as they are spread, and not only below their middle
                    && agreement.high() < median - 2 * (median - lowerQuarter)
                    && agreement.high() < median - WORTH) {
                found.add(new Finding(
                        "disagrees", annotator.person().name(), agreement.value(), median, null));
            }
        }
    }

    private void influence(List<AnnotatorFigures> annotators) {
        var alpha = whole.alpha().value();
        if (alpha == null) {
            return;
        }
        annotators.stream()
                .filter(annotator -> annotator.without() != null
                        && annotator.without().value() != null
                        && annotator.without().value() >= alpha + WORTH)
                .max(Comparator.comparing(annotator -> annotator.without().value()))
                .ifPresent(annotator -> found.add(new Finding(
                        "influence",
                        annotator.person().name(),
                        annotator.without().value(),
                        alpha,
                        null)));
    }

    /** Categories whose alpha lies wholly below that of all pairs. */
    Findings categories(List<Group> categories) {
        var low = whole.alpha().low();
        if (low != null) {
            categories.stream()
                    .filter(group -> group.reading().alpha().high() != null
                            && group.reading().alpha().high() < low)
                    .min(Comparator.comparing(group -> group.reading().alpha().value()))
                    .ifPresent(group -> found.add(new Finding(
                            "category",
                            group.name(),
                            group.reading().alpha().value(),
                            whole.alpha().value(),
                            null)));
        }
        return this;
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
            double mean = before.stream().mapToDouble(Figure::value).average().orElseThrow();
            double now = recent.stream().mapToDouble(Figure::value).average().orElseThrow();
            boolean fell = recent.stream().allMatch(alpha -> alpha.high() != null && alpha.high() < mean);
            boolean rose = recent.stream().allMatch(alpha -> alpha.low() != null && alpha.low() > mean);
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
