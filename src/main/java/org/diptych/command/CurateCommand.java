package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.curation.BrokenInputException;
import org.diptych.curation.Curation;
import org.diptych.curation.EditItem;
import org.diptych.curation.EditSource;
import org.diptych.curation.Reason;
import org.diptych.curation.ScoreJournal;
import org.diptych.curation.ScoringPass;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Scores a set of edits and writes the part of it that is worth training on. */
@Command(
        name = "curate",
        description = {
            "Scores the edits of manifests, zips of them or Parquet tables with a campaign's reward model, drops duplicates,"
                    + " chooses, and writes the subset as a manifest, for Step1X-Edit, and all scores as Parquet, with a"
                    + " report.",
            "Prints the summary. Rows that cannot be read are named on standard error and left out (exit status 2). An"
                    + " interrupted run goes on where it stopped; another choice from the same set scores nothing again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class CurateCommand implements Callable<Integer> {
    private static final int MOST_FAULTS = 100;
    private static final long PROGRESS_NANOSECONDS = 5_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOption server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "API token (made by diptych token). Default: the environment variable DIPTYCH_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--campaign",
            paramLabel = "NAME",
            description = "The campaign whose model scores. Default: the only one that this account leads.")
    private @Nullable String campaign;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            description = "Number of the model version. Default: the campaign's active one.")
    private @Nullable Integer model;

    @Parameters(arity = "1..*", paramLabel = "MANIFEST.jsonl|ZIP|FILE.parquet", description = "Where the edits are.")
    private List<Path> files;

    @Mixin
    private ChoiceOptions choice;

    @Option(
            names = "--column",
            paramLabel = "ROLE=NAME",
            description =
                    "Which column of a table is what: instruction, source, edited (again for each further one), model,"
                            + " id, category. Default: guessed by name, and said.")
    private List<String> columns = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the examples that the report shows. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the subset.")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        choice.check(spec);
        requireOwnFolder();
        Map<String, List<String>> roles = roles();
        List<EditSource> inputs = new ArrayList<>();
        try {
            for (Path file : files) {
                EditSource input = EditInputs.open(file, roles);
                inputs.add(input);
                if (!input.mapping().isEmpty()) {
                    Output.say(spec, file + ": read as " + input.mapping() + " (other columns: --column ROLE=NAME)");
                }
            }
            return curate(inputs);
        } finally {
            for (EditSource input : inputs) {
                input.close();
            }
        }
    }

    private int curate(List<EditSource> inputs) throws IOException, InterruptedException {
        ServerClient client = CampaignOptions.client(spec, server.address(spec), token);
        Curation.Model version = version(client);
        List<String> digests = new ArrayList<>();
        for (EditSource input : inputs) {
            digests.add(input.digest());
        }
        boolean isNew = !Files.exists(out);
        Files.createDirectories(out);
        try (ScoreJournal journal =
                ScoreJournal.open(out.resolve(Curation.JOURNAL), ScoreJournal.Heading.of(digests, version.digest()))) {
            if (journal.rows() > 0) {
                Output.say(spec, journal.rows() + " rows have their scores already and are not scored again.");
            }
            long begin = System.nanoTime();
            long scored = score(client, version, inputs, journal);
            return write(version, inputs, journal, scored, (System.nanoTime() - begin) / 1e9);
        } catch (ScoreJournal.OtherScoresException other) {
            throw CommandFailure.badInput("--out " + out + ": there are scores in " + Curation.JOURNAL + ", but "
                    + other.getMessage() + ". Give another folder, or delete that file.");
        } catch (BrokenInputException broken) {
            throw CommandFailure.badInput(broken.reason() + ".");
        } finally {
            if (isNew) {
                Curation.discardUnscored(out);
            }
        }
    }

    private long score(ServerClient client, Curation.Model version, List<EditSource> inputs, ScoreJournal journal)
            throws IOException, InterruptedException {
        Telling telling = new Telling();
        try (ScoringPass pass =
                new ScoringPass(journal, new BatchScoring(client, version.campaign(), version.number()), telling)) {
            for (int input = 0; input < inputs.size(); input++) {
                pass.read(input, inputs.get(input));
            }
            return pass.scored();
        }
    }

    private int write(
            Curation.Model version, List<EditSource> inputs, ScoreJournal journal, long scored, double seconds)
            throws IOException, InterruptedException {
        long candidates = candidates(journal);
        if (candidates == 0) {
            throw CommandFailure.badInput("There is nothing to choose from: no row could be scored.");
        }
        Map<String, Object> report =
                new Curation(inputs, version, choice.rules(spec, candidates), seed).write(journal, out);
        Map<String, Object> summary = new LinkedHashMap<>(report);
        summary.remove("scores");
        summary.put("scored", scored);
        summary.put("seconds", Math.round(seconds * 10) / 10.0);
        summary.put("out", out.toString());
        Output.result(spec, summary);
        if (report.get("outcomes") instanceof Map<?, ?> outcomes
                && outcomes.get(Reason.UNCERTAIN.key()) instanceof Long uncertain
                && uncertain > 0) {
            Output.say(
                    spec,
                    uncertain + " candidates are left out because the model is not sure enough that they are better than what"
                            + " they would shut out; --any-certainty ranks them nevertheless.");
        }
        if (report.get("itemsWithOneCandidate") instanceof Long single && single > 0) {
            Output.say(
                    spec,
                    single + " of " + report.get("items")
                            + " instructions have one chosen edit: there people have nothing to"
                            + " compare, and diptych import names such rows and leaves them out.");
        }
        boolean complete = Long.valueOf(0).equals(report.get("faults"));
        if (!complete) {
            Output.say(spec, "What could not be read was left out; everything else is in " + out + ".");
        }
        return complete ? 0 : 2;
    }

    private static long candidates(ScoreJournal journal) throws IOException {
        long[] candidates = {0};
        journal.forEach(row -> candidates[0] += row.edits().size());
        return candidates[0];
    }

    private void requireOwnFolder() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw CommandFailure.badInput("--out " + out + " is no folder.");
        }
        String foreign = Curation.foreign(out);
        if (foreign != null) {
            throw CommandFailure.badInput("--out " + out + " is not empty: it holds " + foreign
                    + ", which no curation wrote. Give a new folder.");
        }
    }

    private Map<String, List<String>> roles() {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        for (String column : columns) {
            int equals = column.indexOf('=');
            if (equals < 1 || equals == column.length() - 1) {
                throw new ParameterException(
                        spec.commandLine(), "--column looks like instruction=NAME, not " + column + ".");
            }
            roles.computeIfAbsent(column.substring(0, equals), role -> new ArrayList<>())
                    .add(column.substring(equals + 1));
        }
        return roles;
    }

    private Curation.Model version(ServerClient client) {
        String name = campaign == null ? onlyCampaign(client) : OneLine.trimmed(campaign);
        JsonNode versions = client.get(CampaignDirectory.path(client, name) + "/models");
        for (JsonNode version : versions) {
            boolean wanted = model == null
                    ? version.path("state").asString("").equalsIgnoreCase("active")
                    : version.path("number").asInt() == model;
            if (wanted) {
                return new Curation.Model(
                        name,
                        version.path("number").asInt(),
                        version.path("digest").asString(""));
            }
        }
        throw CommandFailure.badInput(
                model == null
                        ? "The campaign " + name + " has no active model yet. Label pairs and train one first."
                        : "The campaign " + name + " has no model version " + model + ".");
    }

    private static String onlyCampaign(ServerClient client) {
        List<String> names = new ArrayList<>();
        for (JsonNode campaign : client.get("/api/v1/campaigns")) {
            names.add(campaign.path("name").asString(""));
        }
        if (names.size() != 1) {
            throw CommandFailure.badInput(
                    names.isEmpty()
                            ? "This account leads no campaign, and a model belongs to one."
                            : "Say with --campaign whose model is to score; there are: " + String.join(", ", names)
                                    + ".");
        }
        return names.getFirst();
    }

    /** Says how it goes, now and then. */
    private final class Telling implements ScoringPass.Progress {
        private final long begin = System.nanoTime();
        private long told = begin;
        private int faults;

        @Override
        public void scored(long candidates) {
            long now = System.nanoTime();
            if (now - told >= PROGRESS_NANOSECONDS) {
                told = now;
                Output.say(
                        spec,
                        "%d candidates scored, %.0f a second"
                                .formatted(candidates, candidates / ((now - begin) / 1e9)));
            }
        }

        @Override
        public void fault(int input, EditItem.Fault fault) {
            faults++;
            if (faults <= MOST_FAULTS) {
                Output.say(spec, fault.in(files.get(input).toString()));
            } else if (faults == MOST_FAULTS + 1) {
                Output.say(spec, "Further ones are counted only.");
            }
        }
    }
}
