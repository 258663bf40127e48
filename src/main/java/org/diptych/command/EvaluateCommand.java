package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diptych.service.request.OneLine;
import org.diptych.statistics.evaluation.GroupBootstrap;
import org.diptych.statistics.evaluation.Resampling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diptych evaluate}: a model, a file of scores or a judge on a public benchmark's own files. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates a model version, a file of scores or a judge on the files of a public benchmark.",
            "Prints the published metric and a corrected one side by side as JSON, with intervals over source images,"
                    + " the majority rate and what chance would reach; what cannot be scored is counted, by reason.",
            "A model's result is stored with its version."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class EvaluateCommand implements Callable<Integer> {
    private static final int FEWEST_REPLICATES = 100;
    private static final int MOST_REPLICATES = 100_000;
    private static final double CONFIDENCE = 0.95;
    private static final int FOLDS = 5;
    private static final int MOST_NAMED = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--benchmark",
            required = true,
            converter = Benchmark.Converter.class,
            completionCandidates = Benchmark.Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Benchmark benchmark;

    @Option(
            names = "--scores",
            paramLabel = "SCORES.jsonl",
            description = {
                "Scores of any model, higher for better, one JSON object a line:",
                "{\"image\": path as in the benchmark, \"score\": number}, or a line of diptych score;",
                "{\"row\": number from 0, \"scores\": [number, …]} in the order in which the row names its edits;",
                "{\"uid\" or \"key\": text, \"model\": text, \"score\": number} for tables without pictures."
            })
    private @Nullable Path scores;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "A judge whose answers the files hold: a column, a field, or a rater.")
    private @Nullable String judge;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "Server whose model scores the pictures that the files name; they lie beside the files.",
                "For example http://localhost:8080"
            })
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "API token (made by diptych token). Default: the environment variable DIPTYCH_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--campaign",
            paramLabel = "NAME",
            description = "The campaign whose model it is. Default: the only one there is.")
    private @Nullable String campaign;

    @Option(names = "--model", paramLabel = "VERSION", description = "Number of the model version; with --server.")
    private @Nullable Integer model;

    @Option(
            names = "--bootstrap",
            defaultValue = "1000",
            description = "Bootstrap replicates for the intervals. Default: ${DEFAULT-VALUE}.")
    private int bootstrap;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description =
                    "Seed of bootstrap and folds; the same seed gives the same figures. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The benchmark's files, in the form in which it is published.")
    private List<Path> files;

    /** Exit code 0; input at fault is told with file, line and field. */
    @Override
    public Integer call() throws IOException {
        requireUsage();
        files.forEach(file -> InputFile.require(file, "Give the benchmark's own file."));
        try {
            evaluate();
        } catch (MalformedFileException malformed) {
            throw CommandFailure.badInput(String.valueOf(malformed.getMessage()));
        }
        return 0;
    }

    private void evaluate() throws IOException {
        // what is wrong with the scores is told before anything takes long
        var given = scores == null ? null : ScoresFile.read(scores);
        var content = benchmark.reader().read(files, judge);
        Output.say(spec, "%s: %d rows".formatted(content.format(), content.size()));
        requireRows(content);
        BenchmarkResult result;
        if (given != null) {
            // a score of a row that is left out whoever answers is not astray
            content.leftOut().edits().forEach(given::of);
            result = BenchmarkEvaluation.of(content, given, resampling());
            requireUsed(given, content);
        } else if (judge != null) {
            result = JudgeEvaluation.of(content, resampling());
        } else {
            result = BenchmarkEvaluation.of(content, modelScores(content), resampling());
        }
        content.leftOut().sentences().forEach(sentence -> Output.say(spec, sentence));
        if (given != null && given.unused() > 0) {
            Output.say(spec, "%d scores belong to no edit of the benchmark.".formatted(given.unused()));
        }
        var report = report(content, result, given);
        Output.result(spec, report);
        if (server != null) {
            store(report);
        }
    }

    /** The result is on standard output already: what is not stored is not lost. */
    private void store(Map<String, @Nullable Object> report) {
        var client = client();
        client.post(
                CampaignDirectory.path(client, String.valueOf(campaign)) + "/models/" + model + "/benchmarks",
                Map.of(
                        "benchmark",
                        benchmark.label(),
                        "files",
                        Objects.requireNonNull(report.get("files")),
                        "result",
                        report));
        Output.say(spec, "Stored with version %d of %s.".formatted(model, campaign));
    }

    private ServerClient client() {
        return CampaignOptions.client(spec, ServerOption.address(spec, String.valueOf(server)), token);
    }

    private void requireUsage() {
        long ways = Stream.of(scores, judge, server).filter(way -> way != null).count();
        if (ways != 1) {
            throw usage("Give one of --server (a model), --scores (a file) and --judge (a name).");
        }
        if (server != null && model == null) {
            throw usage("Give the model version with --model.");
        }
        if (server == null && (model != null || campaign != null || token != null)) {
            throw usage("--model, --campaign and --token go with --server.");
        }
        if (bootstrap < FEWEST_REPLICATES || bootstrap > MOST_REPLICATES) {
            throw usage(
                    "--bootstrap: must be %d to %d, not %d".formatted(FEWEST_REPLICATES, MOST_REPLICATES, bootstrap));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Resampling resampling() {
        return new Resampling(
                new GroupBootstrap(bootstrap, CONFIDENCE),
                FOLDS,
                () -> RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    private EditScores modelScores(BenchmarkContent content) {
        var client = client();
        if (campaign == null) {
            campaign = CampaignDirectory.only(client);
        }
        return new ModelScores(
                        client,
                        OneLine.trimmed(campaign),
                        model == null ? 0 : model,
                        message -> Output.say(spec, message))
                .score(content);
    }

    private static void requireRows(BenchmarkContent content) {
        if (BenchmarkEdits.of(content.rows()).isEmpty()) {
            throw CommandFailure.badInput("No row of the benchmark is left to evaluate. "
                    + String.join(" ", content.leftOut().sentences()));
        }
    }

    private static void requireUsed(ScoresFile given, BenchmarkContent content) {
        if (!given.isUsed()) {
            throw CommandFailure.badInput(
                    "No score belongs to any edit of the benchmark: do the names match? The benchmark names, for example, %s."
                            .formatted(BenchmarkEdits.of(content.rows()).stream()
                                    .map(BenchmarkEdit::name)
                                    .distinct()
                                    .limit(MOST_NAMED)
                                    .collect(Collectors.joining(", "))));
        }
    }

    private Map<String, @Nullable Object> report(
            BenchmarkContent content, BenchmarkResult result, @Nullable ScoresFile given) throws IOException {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("benchmark", benchmark.label());
        report.put("format", content.format());
        report.put("files", BenchmarkFiles.json(files));
        report.put("answers", answers(given));
        report.put("rows", content.size());
        report.put("evaluated", result.evaluated());
        report.put(
                "metrics", result.metrics().stream().map(BenchmarkMetric::json).toList());
        report.put("unscored", content.leftOut().json());
        report.put("notes", content.notes());
        report.put("settings", settings());
        return report;
    }

    private Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("bootstrap", bootstrap);
        settings.put("level", CONFIDENCE);
        settings.put("folds", FOLDS);
        settings.put("seed", seed);
        return settings;
    }

    private Map<String, @Nullable Object> answers(@Nullable ScoresFile given) throws IOException {
        var answers = new LinkedHashMap<String, @Nullable Object>();
        if (given != null && scores != null) {
            answers.put("kind", "scores");
            answers.putAll(BenchmarkFiles.file(scores));
            answers.put("scoresOfNoEdit", given.unused());
        } else if (judge != null) {
            answers.put("kind", "judge");
            answers.put("name", judge);
        } else {
            answers.put("kind", "model");
            answers.put("campaign", campaign);
            answers.put("version", model);
        }
        return answers;
    }
}
