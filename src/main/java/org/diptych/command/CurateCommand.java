package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            description =
                    "The campaign whose model scores. Default: the only one of this account that has such a model.")
    private @Nullable String campaign;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            description = "Number of the model version, or its digest. Default: the campaign's active one.")
    private @Nullable String model;

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
        ScoreJournal opened;
        try {
            opened = ScoreJournal.open(
                    out.resolve(Curation.JOURNAL), ScoreJournal.Heading.of(digests, version.digest()));
        } catch (ScoreJournal.OtherScoresException other) {
            throw CommandFailure.badInput("--out " + out + ": " + other.getMessage() + ".");
        }
        try (ScoreJournal journal = opened) {
            if (journal.replaced() != null) {
                Output.say(
                        spec,
                        "The scores that " + out + " had are not used: " + journal.replaced()
                                + ". Everything is scored anew.");
            }
            if (journal.rows() > 0) {
                Output.say(spec, journal.rows() + " rows have their scores already and are not scored again.");
            }
            long begin = System.nanoTime();
            long scored = score(client, version, inputs, journal);
            return write(version, inputs, journal, scored, (System.nanoTime() - begin) / 1e9);
        } catch (BrokenInputException broken) {
            throw CommandFailure.badInput(broken.reason() + ".");
        } finally {
            Curation.discardUnscored(out, isNew);
        }
    }

    private long score(ServerClient client, Curation.Model version, List<EditSource> inputs, ScoreJournal journal)
            throws IOException, InterruptedException {
        Telling telling = new Telling();
        try (ScoringPass pass = new ScoringPass(
                journal,
                new BatchScoring(client, version.campaign(), version.number(), message -> Output.say(spec, message)),
                telling)) {
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
        sayHowSure(report);
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

    /** Whether there are as many as wanted, and how far the model is to be believed. */
    private void sayHowSure(Map<String, Object> report) {
        if (Boolean.FALSE.equals(report.get("modelRanks"))) {
            Output.say(
                    spec,
                    "CAUTION: the model cannot rank these candidates: what it does not know of them exceeds what it sees"
                            + " of differences between them. The choice is hardly better than by lot; label more pairs and"
                            + " train again.");
        }
        long chosen = count(report.get("chosen"));
        if (report.get("wanted") instanceof Long wanted && chosen < wanted) {
            Output.say(
                    spec,
                    chosen + " of " + wanted + " wanted are chosen; what became of the others: "
                            + report.get("outcomes") + ".");
        }
        if (count(report.get("chosenBelowCertainty")) > 0) {
            Output.say(
                    spec,
                    report.get("chosenBelowCertainty") + " of " + chosen
                            + " chosen are better than what they shut out with a probability below "
                            + report.get("certainty")
                            + (choice.isCertaintyAsked() ? "." : "; --certainty leaves such out."));
        }
        if (report.get("outcomes") instanceof Map<?, ?> outcomes && count(outcomes.get(Reason.UNCERTAIN.key())) > 0) {
            Output.say(
                    spec,
                    outcomes.get(Reason.UNCERTAIN.key())
                            + " candidates are left out because the model is not as sure as"
                            + " --certainty asks that they are better than what they would shut out.");
        }
    }

    private static long count(@Nullable Object number) {
        return number instanceof Long count ? count : 0;
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
                    + ", and neither the report nor the scores of a curation. Give a new folder.");
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
        if (campaign == null) {
            return onlyVersion(client);
        }
        String name = OneLine.trimmed(campaign);
        Curation.Model version = version(name, client.get(CampaignDirectory.path(client, name) + "/models"));
        if (version != null) {
            return version;
        }
        throw CommandFailure.badInput(
                model == null
                        ? "The campaign " + name + " has no active model yet. Label pairs and train one first."
                        : "The campaign " + name + " has no model version " + model + ".");
    }

    private Curation.@Nullable Model version(String name, JsonNode versions) {
        for (JsonNode version : versions) {
            String digest = version.path("digest").asString("");
            boolean isWanted = model == null
                    ? version.path("state").asString("").equalsIgnoreCase("active")
                    : version.path("number").asString("").equals(model.strip())
                            || digest.equalsIgnoreCase(model.strip());
            if (isWanted) {
                return new Curation.Model(name, version.path("number").asInt(), digest);
            }
        }
        return null;
    }

    /** Of all campaigns that this account leads. */
    private Curation.Model onlyVersion(ServerClient client) {
        List<String> names = new ArrayList<>();
        List<Curation.Model> versions = new ArrayList<>();
        for (JsonNode listed : client.get("/api/v1/campaigns")) {
            String name = listed.path("name").asString("");
            names.add(name);
            Curation.Model version = version(
                    name, client.get("/api/v1/campaigns/" + listed.path("id").asString("") + "/models"));
            if (version != null) {
                versions.add(version);
            }
        }
        if (versions.size() == 1) {
            return versions.getFirst();
        }
        String wanted = model == null ? "an active model" : "a model version " + model;
        if (names.isEmpty()) {
            throw CommandFailure.badInput("This account leads no campaign, and a model belongs to one.");
        }
        throw CommandFailure.badInput(
                versions.isEmpty()
                        ? "None of the campaigns has " + wanted + ": " + String.join(", ", names) + "."
                        : "Say with --campaign whose model is to score; "
                                + String.join(
                                        ", ",
                                        versions.stream()
                                                .map(Curation.Model::campaign)
                                                .toList())
                                + " have " + wanted + ".");
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
                        String.format(
                                Locale.ROOT,
                                "%d candidates scored, %.0f a second",
                                candidates,
                                candidates / ((now - begin) / 1e9)));
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
