package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.diptych.simulation.AnswerRules;
import org.diptych.simulation.InvalidTruthException;
import org.diptych.simulation.Judgement;
import org.diptych.simulation.KnownPairs;
import org.diptych.simulation.LabelBudget;
import org.diptych.simulation.Truth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A dry run of a campaign with simulated annotators, and the load generator. */
@Command(
        name = "simulate",
        description = {
            "Lets simulated annotators label a campaign through the same interface as people, from a file of true"
                    + " ratings with noise added, and prints what they did and how long the server took.",
            "Stops after --labels labels, or when nothing is left to label."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class SimulateCommand implements Callable<Integer> {
    private static final long PROGRESS_SECONDS = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CampaignOptions options;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "truth.jsonl",
            description = "One JSON object a candidate: id and image as in the manifest, a rating for each dimension.")
    private Path truthFile;

    @Option(
            names = "--annotators",
            defaultValue = "8",
            paramLabel = "N",
            description = "Simulated annotators, made for this run. Default: ${DEFAULT-VALUE}.")
    private int annotatorCount;

    @Option(names = "--labels", paramLabel = "N", description = "Labels to make. Default: as many as are wanted.")
    private @Nullable Long labels;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of the annotators' noise. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        requireSensibleOptions();
        ServerClient client = options.client();
        String id = CampaignDirectory.id(client, options.campaign());
        AnswerRules rules =
                AnswerRules.of(client.get("/api/v1/annotate/campaigns/" + id).path("protocol"));
        KnownPairs pairs = knownPairs(client, id, truth(rules));
        JsonNode accounts =
                client.post("/api/v1/campaigns/" + id + "/simulated-annotators", Map.of("count", annotatorCount));
        LabelBudget budget = new LabelBudget(labels == null ? Long.MAX_VALUE : labels);
        SimulationRecord record = new SimulationRecord();
        List<SimulatedAnnotator> annotators = new ArrayList<>();
        for (JsonNode account : accounts) {
            annotators.add(new SimulatedAnnotator(
                    account.path("name").asString(),
                    client.as(account.path("token").asString()),
                    id,
                    rules,
                    pairs,
                    new Judgement(rules, seed, annotators.size()),
                    budget,
                    record));
        }
        boolean completed = run(annotators, record);
        Map<String, Object> report = record.report();
        report.put(
                "annotators",
                annotators.stream().map(SimulatedAnnotator::report).toList());
        Output.result(spec, report);
        return completed ? 0 : 1;
    }

    private void requireSensibleOptions() {
        if (annotatorCount < 1) {
            throw new ParameterException(spec.commandLine(), "--annotators must be at least 1.");
        }
        if (labels != null && labels < 1) {
            throw new ParameterException(spec.commandLine(), "--labels must be at least 1.");
        }
        InputFile.require(truthFile, "");
    }

    private Truth truth(AnswerRules rules) {
        try {
            return Truth.read(truthFile, rules);
        } catch (InvalidTruthException exception) {
            throw CommandFailure.badInput(String.valueOf(exception.getMessage()));
        }
    }

    /** The server may have stored other bytes than the manifest's folder has (metadata is stripped), so it is asked. */
    private KnownPairs knownPairs(ServerClient client, String id, Truth truth) {
        KnownPairs pairs = new KnownPairs();
        var response = client.open("/api/v1/campaigns/" + id + "/candidates");
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode candidate = ServerClient.JSON.readTree(line);
                String item = candidate.path("item").asString();
                String sha256 = candidate.path("sha256").asString();
                truth.of(item, candidate.path("image").asString())
                        .ifPresent(ratings -> pairs.add(item, sha256, ratings));
            }
        } catch (IOException exception) {
            throw CommandFailure.failed("The list of candidates broke off: " + exception.getMessage());
        } catch (JacksonException noJson) {
            throw client.otherServer();
        }
        if (pairs.isEmpty()) {
            throw CommandFailure.badInput(truthFile + ": none of its candidates is in the campaign \""
                    + options.campaign() + "\". Is it the truth of the manifest that was imported?");
        }
        return pairs;
    }

    private boolean run(List<SimulatedAnnotator> annotators, SimulationRecord record) throws InterruptedException {
        boolean completed = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running =
                    annotators.stream().map(threads::submit).toList();
            for (Future<Void> annotator : running) {
                completed &= await(annotator, record);
            }
        }
        if (record.isHeldByOthers()) {
            Output.say(spec, "What is left is held by other annotators; run again when their leases have ended.");
        }
        return completed;
    }

    private boolean await(Future<Void> annotator, SimulationRecord record) throws InterruptedException {
        while (true) {
            try {
                annotator.get(PROGRESS_SECONDS, TimeUnit.SECONDS);
                return true;
            } catch (TimeoutException stillAtWork) {
                Output.say(
                        spec,
                        "%d labels, %.0f a second".formatted(record.labels(), record.labels() / record.seconds()));
            } catch (ExecutionException exception) {
                if (exception.getCause() instanceof CommandFailure failure) {
                    Output.say(spec, failure.getMessage());
                    return false;
                }
                throw new IllegalStateException(exception.getCause());
            }
        }
    }
}
