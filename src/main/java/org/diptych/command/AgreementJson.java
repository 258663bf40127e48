package org.diptych.command;

import java.util.Locale;
import java.util.Map;
import org.diptych.statistics.agreement.AgreementReport;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.agreement.Counts;
import org.diptych.statistics.agreement.Estimate;
import org.diptych.statistics.agreement.Interval;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.PairAgreement;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form in which the command line prints an agreement report. */
final class AgreementJson {
    private static final Map<Measure, String> NAMES = Map.of(
            Measure.AC1, "ac1",
            Measure.PERCENT, "percent",
            Measure.UNANIMOUS, "unanimous",
            Measure.FLEISS, "fleiss",
            Measure.CONGER, "conger",
            Measure.COHEN, "cohen",
            Measure.SCOTT, "scott",
            Measure.BRENNAN_PREDIGER, "brennanPrediger");
    private static final Map<Measure, String> LEVELS = Map.of(
            Measure.ALPHA_NOMINAL, "nominal",
            Measure.ALPHA_ORDINAL, "ordinal",
            Measure.ALPHA_INTERVAL, "interval",
            Measure.ALPHA_RATIO, "ratio");
    private static final Map<Measure, String> WEIGHTS = Map.of(
            Measure.AC2_LINEAR, "linear", Measure.AC2_QUADRATIC, "quadratic", Measure.AC2_ORDINAL, "gwetOrdinal");

    private final JsonMapper mapper = JsonMapper.shared();

    /**
     * The report as a tree; {@code alpha} is read at the level of the report, {@code ac2} with quadratic weights.
     *
     * @param levelReason why the ratings were read at that level
     */
    ObjectNode of(AgreementReport report, String levelReason) {
        var tree = mapper.createObjectNode();
        tree.put("level", report.level().name().toLowerCase(Locale.ROOT));
        tree.put("levelReason", levelReason);
        tree.set("alpha", estimate(report.alpha()));
        for (var measure : Measure.values()) {
            var estimate = report.estimates().get(measure);
            if (estimate != null && measure == Measure.AC2_QUADRATIC) {
                tree.set("ac2", estimate(estimate).put("weights", "quadratic"));
            } else if (estimate != null && NAMES.containsKey(measure)) {
                tree.set(NAMES.get(measure), estimate(estimate));
            }
        }
        tree.set("alphaByLevel", group(report, LEVELS));
        tree.set("ac2ByWeights", group(report, WEIGHTS));
        putCounts(tree, report.counts());
        tree.put("categories", report.scale().size());
        var pairs = tree.putArray("pairs");
        report.pairs().forEach(pair -> pairs.add(pair(pair)));
        return tree;
    }

    private ObjectNode group(AgreementReport report, Map<Measure, String> names) {
        var tree = mapper.createObjectNode();
        for (var measure : Measure.values()) {
            var estimate = report.estimates().get(measure);
            if (estimate != null && names.containsKey(measure)) {
                tree.set(names.get(measure), estimate(estimate));
            }
        }
        return tree;
    }

    private ObjectNode estimate(Estimate estimate) {
        var tree = coefficient(estimate.coefficient());
        var recommended = estimate.interval().orElse(null);
        tree.put("low", recommended == null ? null : recommended.low());
        tree.put("high", recommended == null ? null : recommended.high());
        var intervals = tree.putArray("intervals");
        estimate.intervals().forEach(interval -> intervals.add(interval(interval)));
        return tree;
    }

    private ObjectNode interval(Interval interval) {
        return mapper.createObjectNode()
                .put("method", interval.method().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("low", interval.low())
                .put("high", interval.high())
                .put("level", interval.level())
                .put("replicates", interval.replicates())
                .put("standardError", interval.standardError());
    }

    private ObjectNode coefficient(Coefficient coefficient) {
        var tree = mapper.createObjectNode();
        return switch (coefficient) {
            case Coefficient.Defined defined -> tree.put("value", defined.value());
            case Coefficient.Undefined undefined -> tree.putNull("value").put("reason", undefined.explanation());
        };
    }

    private ObjectNode pair(PairAgreement pair) {
        var tree = mapper.createObjectNode().put("first", pair.first()).put("second", pair.second());
        putCounts(tree, pair.counts());
        var alpha = mapper.createObjectNode();
        var ac2 = mapper.createObjectNode();
        for (var measure : Measure.values()) {
            var coefficient = pair.coefficients().get(measure);
            if (coefficient != null) {
                var node = coefficient(coefficient);
                if (LEVELS.containsKey(measure)) {
                    alpha.set(LEVELS.get(measure), node);
                } else if (WEIGHTS.containsKey(measure)) {
                    ac2.set(WEIGHTS.get(measure), node);
                } else {
                    tree.set(NAMES.get(measure), node);
                }
            }
        }
        tree.set("alphaByLevel", alpha);
        tree.set("ac2ByWeights", ac2);
        return tree;
    }

    private static void putCounts(ObjectNode tree, Counts counts) {
        tree.put("units", counts.units());
        tree.put("pairable", counts.pairable());
        tree.put("ratings", counts.ratings());
    }
}
