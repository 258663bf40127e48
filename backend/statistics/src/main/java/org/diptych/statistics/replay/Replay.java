package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.acquisition.Subset;

/**
 * The offline benchmark of acquisition: labels that already exist are asked for in the order that a policy wants them,
 * with the same model, prior and acquisition code as in production, and compared with asking at random.
 *
 * <p>What all arms share on a split: held-out groups, first batch, and the answer to the first, second, … question about a
 * pair; so differences are paired. Uniform is run {@value #UNIFORM_RUNS} times a split and averaged, because its own luck
 * is in every comparison.
 */
public final class Replay {
    static final int UNIFORM_RUNS = 3;
    /** The arm that all others are compared with. */
    private static final String UNIFORM = "uniform";

    private final ReplayTable table;
    private final ReplaySettings settings;

    private Replay(ReplayTable table, ReplaySettings settings) {
        this.table = table;
        this.settings = settings;
    }

    /**
     * Replays.
     *
     * @param progress told after each finished split how many are finished; called from several threads
     * @throws IllegalArgumentException when the table is too small for the settings
     */
    public static ReplayReport run(ReplayTable table, ReplaySettings settings, IntConsumer progress) {
        if (settings.heldOut() >= table.groups()) {
            throw new IllegalArgumentException("The table has %d %s, so %d cannot be held out"
                    .formatted(
                            table.groups(),
                            table.groups() == table.items() ? "items" : "groups of items",
                            settings.heldOut()));
        }
        return new Replay(table, settings).run(progress);
    }

    private ReplayReport run(IntConsumer progress) {
        var arms = new ArrayList<AcquisitionPolicy>(List.of(AcquisitionPolicy.named(UNIFORM)));
        settings.policies().stream()
                .filter(policy -> !policy.name().equals(UNIFORM))
                .forEach(arms::add);
        var finished = new AtomicInteger();
        var splits = IntStream.range(0, settings.splits())
                .parallel()
                .mapToObj(number -> {
                    var outcomes = split(number, arms);
                    progress.accept(finished.incrementAndGet());
                    return outcomes;
                })
                .toList();
        var reports = new ArrayList<ReplayReport.PolicyReport>();
        double[] uniformCurve = mean(splits, 0);
        double target = uniformCurve[uniformCurve.length - 1];
        for (int arm = 0; arm < arms.size(); arm++) {
            reports.add(report(arms.get(arm).name(), splits, arm, target));
        }
        return new ReplayReport(reports, target);
    }

    /** One arm on one split, its uniform runs already averaged. */
    private record ArmOutcome(double[] accuracy, double labelledPairs, double overlap, double alpha, double width) {}

    private List<ArmOutcome> split(int number, List<AcquisitionPolicy> arms) {
        var split = new ReplaySplit(table, settings, number);
        if (split.heldOut().length == 0 || split.pool().length < settings.batch()) {
            throw new IllegalArgumentException(
                    "Split %d has %d pairs to measure on and %d to ask: the table is too small for these settings"
                            .formatted(number, split.heldOut().length, split.pool().length));
        }
        var prior = settings.prior().apply(FeatureSpectrum.of(new Subset(table.features(), split.pool())));
        return arms.stream().map(policy -> arm(split, policy, prior)).toList();
    }

    private ArmOutcome arm(ReplaySplit split, AcquisitionPolicy policy, Prior prior) {
        int runs = policy.name().equals(UNIFORM) ? UNIFORM_RUNS : 1;
        var outcomes = IntStream.range(0, runs)
                .mapToObj(run -> outcome(new ReplayRun(table, settings, split, policy, prior, run).outcome(), split))
                .toList();
        var accuracy = new double[outcomes.getFirst().accuracy().length];
        Arrays.setAll(accuracy, batch -> average(outcomes, outcome -> outcome.accuracy()[batch]));
        return new ArmOutcome(
                accuracy,
                average(outcomes, ArmOutcome::labelledPairs),
                average(outcomes, ArmOutcome::overlap),
                average(outcomes, ArmOutcome::alpha),
                average(outcomes, ArmOutcome::width));
    }

    private static ArmOutcome outcome(ReplayRun.Outcome outcome, ReplaySplit split) {
        var agreement = OverlapAgreement.of(outcome.verdicts(), new SplittableRandom(split.seed()));
        return new ArmOutcome(
                outcome.accuracy(),
                outcome.verdicts().size(),
                agreement.counts().pairable(),
                agreement.coefficient().toOptional().orElse(Double.NaN),
                agreement
                        .interval()
                        .map(interval -> interval.high() - interval.low())
                        .orElse(Double.NaN));
    }

    private static double average(List<ArmOutcome> outcomes, ToDoubleFunction<ArmOutcome> value) {
        return outcomes.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static double[] mean(List<List<ArmOutcome>> splits, int arm) {
        int batches = splits.getFirst().get(arm).accuracy().length;
        var mean = new double[batches];
        Arrays.setAll(
                mean,
                batch -> splits.stream()
                        .mapToDouble(split -> split.get(arm).accuracy()[batch])
                        .average()
                        .orElse(Double.NaN));
        return mean;
    }

    private ReplayReport.PolicyReport report(String name, List<List<ArmOutcome>> splits, int arm, double target) {
        double[] mean = mean(splits, arm);
        SortedMap<Integer, Double> accuracy = new TreeMap<>();
        SortedMap<Integer, Double> errors = new TreeMap<>();
        Integer reached = null;
        for (int batch = 0; batch < mean.length; batch++) {
            int labels = (batch + 1) * settings.batch();
            int index = batch;
            accuracy.put(labels, mean[batch]);
            errors.put(
                    labels,
                    MeanEstimate.of(splits.stream()
                                    .mapToDouble(split -> split.get(arm).accuracy()[index])
                                    .toArray())
                            .standardError());
            if (reached == null && mean[batch] >= target) {
                reached = labels;
            }
        }
        var gain = MeanEstimate.of(splits.stream()
                .mapToDouble(split -> Arrays.stream(split.get(arm).accuracy())
                                .average()
                                .orElse(0)
                        - Arrays.stream(split.get(0).accuracy()).average().orElse(0))
                .toArray());
        return new ReplayReport.PolicyReport(
                name,
                accuracy,
                errors,
                reached,
                gain.mean(),
                gain.standardError(),
                gain.low(),
                gain.high(),
                splits.stream()
                        .mapToDouble(split -> split.get(arm).labelledPairs())
                        .average()
                        .orElse(0),
                alpha(splits.stream().map(split -> split.get(arm)).toList()));
    }

    private static ReplayReport.OverlapAlpha alpha(List<ArmOutcome> outcomes) {
        double pairs = average(outcomes, ArmOutcome::overlap);
        var defined = outcomes.stream()
                .filter(outcome -> !Double.isNaN(outcome.width()))
                .toList();
        String reason = null;
        if (defined.isEmpty()) {
            reason = pairs == 0 ? "no pair has two labels" : "too few pairs with two labels, or one verdict only";
        }
        return reason == null
                ? new ReplayReport.OverlapAlpha(
                        average(defined, ArmOutcome::alpha), average(defined, ArmOutcome::width), pairs, null)
                : new ReplayReport.OverlapAlpha(null, null, pairs, reason);
    }
}
