package org.diptych.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.replay.LabelsPerPair;
import org.diptych.statistics.replay.Prior;
import org.diptych.statistics.replay.Replay;
import org.diptych.statistics.replay.ReplayPolicies;
import org.diptych.statistics.replay.ReplayReport;
import org.diptych.statistics.replay.ReplaySettings;
import org.diptych.statistics.replay.ReplayTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diptych replay}: would choosing pairs have been better than drawing them, on labels that already exist? */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a table of real ratings with features and compares acquisition policies with random choice.",
            "A tab-separated table has the columns uid, model, human scores r<number>_<scale>; all others are features.",
            "A campaign is a file of diptych export --format replay; its source images are held out, and accuracy is",
            "measured on the uniform stratum."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_OPINIONS = 3;
    private static final int MOST_HELD_OUT = 50;
    /** Source images have different numbers of pairs: this much of the mean is in every pool. */
    private static final double SURE = .8;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "A table of ratings and features, or an exported campaign.")
    private Path table;

    @Option(names = "--policy", defaultValue = "default", description = "default, all, or a policy's name.")
    private String policy;

    @Option(
            names = "--labels-per-pair",
            defaultValue = "1",
            description = "1, 2, 3, or adaptive: a new pair or another opinion, by expected information.")
    private String labelsPerPair;

    @Option(names = "--batch", defaultValue = "20", description = "Labels between two fits (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--labels",
            description = "Budget of each policy (${DEFAULT-VALUE}, or what a small table has).",
            defaultValue = "420")
    private int labels;

    @Option(names = "--splits", defaultValue = "40", description = "Random divisions (${DEFAULT-VALUE}).")
    private int splits;

    @Option(
            names = "--held-out",
            description = "Items, or source images of a campaign, to measure on (50, or a quarter of up to 100).")
    private @Nullable Integer heldOut;

    @Option(
            names = "--prior",
            defaultValue = "evidence",
            description = {
                "evidence: strength and shape by evidence on the labels at hand;",
                "ridge: the strength by evidence, the same in all directions;",
                "a number: this L2, and no ties among the labels, as in the published benchmark."
            })
    private String prior;

    @Option(
            names = "--reliability",
            split = ",",
            description = "Simulated noise on top of the real raters: reliabilities of the annotators, .5 to 1.")
    private List<Double> reliabilities = List.of();

    @Option(names = "--seed", defaultValue = "0", description = "The same seed gives the same report.")
    private long seed;

    @Override
    public Integer call() {
        // wrong options are told before a large file is read
        settings(MOST_HELD_OUT, labels);
        var replayed = ReplayTableFile.read(table);
        int held = heldOut(replayed);
        var settings = settings(held, budget(replayed, held));
        Output.say(
                spec,
                "%s: %d edits, %d items, %d pairs, %d raters, %d features"
                        .formatted(
                                table,
                                replayed.edits(),
                                replayed.items(),
                                replayed.pairs(),
                                replayed.raters(),
                                replayed.width()));
        ReplayReport report;
        try {
            report = Replay.run(replayed, settings, this::progress);
        } catch (IllegalArgumentException unfit) {
            throw CommandFailure.badInput("%s: %s".formatted(table, unfit.getMessage()));
        }
        Output.result(spec, output(replayed, report, settings));
        return 0;
    }

    private int heldOut(ReplayTable replayed) {
        if (heldOut != null) {
            return heldOut;
        }
        return replayed.groups() > 2 * MOST_HELD_OUT ? MOST_HELD_OUT : Math.ceilDiv(replayed.groups(), 4);
    }

    /** A table that is smaller than the usual budget is replayed with what its pool is likely to hold. */
    private int budget(ReplayTable replayed, int held) {
        if (spec.commandLine().getParseResult().hasMatchedOption("--labels")) {
            return labels;
        }
        double pool = SURE * replayed.pairs() * (replayed.groups() - held) / replayed.groups();
        return Math.clamp((long) pool / batch * batch, Math.min(batch, labels), labels);
    }

    private ReplayOutput output(ReplayTable replayed, ReplayReport report, ReplaySettings settings) {
        return new ReplayOutput(
                report.policies(),
                report.uniformTarget(),
                AcquisitionPolicy.standard().name(),
                new ReplayOutput.Table(
                        replayed.edits(),
                        replayed.items(),
                        replayed.pairs(),
                        replayed.majorityTies(),
                        replayed.raters(),
                        replayed.width()),
                new ReplayOutput.Settings(
                        prior,
                        settings.keepTies(),
                        labelsPerPair,
                        batch,
                        settings.labels(),
                        splits,
                        settings.heldOut(),
                        reliabilities,
                        seed));
    }

    private ReplaySettings settings(int held, int budget) {
        try {
            return withPrior(new ReplaySettings(
                    policy.equals("all") ? ReplayPolicies.all() : List.of(ReplayPolicies.named(policy)),
                    spending(),
                    batch,
                    budget,
                    splits,
                    held,
                    Prior::evidence,
                    true,
                    reliabilities,
                    seed));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.badInput(String.valueOf(wrong.getMessage()));
        }
    }

    private LabelsPerPair spending() {
        return switch (labelsPerPair) {
            case "1", "2", "3" -> new LabelsPerPair.Fixed(Integer.parseInt(labelsPerPair));
            case "adaptive" -> new LabelsPerPair.Adaptive(MOST_OPINIONS);
            default ->
                throw new IllegalArgumentException(
                        "--labels-per-pair is 1, 2, 3 or adaptive, not \"%s\"".formatted(labelsPerPair));
        };
    }

    private ReplaySettings withPrior(ReplaySettings settings) {
        return switch (prior) {
            case "evidence" -> settings;
            case "ridge" -> settings.withPrior(Prior::ridgeEvidence, true);
            default -> {
                var fixed = new Prior.Fixed(strength());
                yield settings.withPrior(pool -> fixed, false);
            }
        };
    }

    private double strength() {
        try {
            return Double.parseDouble(prior);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "--prior is evidence, ridge or a number, not \"%s\"".formatted(prior), notANumber);
        }
    }

    /** Called from several threads. */
    private synchronized void progress(int finished) {
        Output.say(spec, "%d of %d splits".formatted(finished, splits));
    }
}
