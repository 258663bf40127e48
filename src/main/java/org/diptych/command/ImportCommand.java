package org.diptych.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Brings items and their edits into a campaign. */
@Command(
        name = "import",
        description = {
            "Imports a manifest with its pictures into a campaign, and creates the campaign when there is none of that"
                    + " name.",
            "Prints the report. Rows with a mistake are named on standard error and left out, odd ones are named and"
                    + " taken; importing the same manifest again changes nothing.",
            "With --from, imports the files of another tool with their pictures and their labels; these stay apart from those of"
                    + " the campaign, and exports have them only with --filter stratum=imported."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings({"NullAway.Init", "deprecation"})
public final class ImportCommand implements Callable<Integer> {
    private static final int UNPROCESSABLE = 422;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CampaignOptions options;

    @Option(
            names = "--protocol",
            paramLabel = "ID",
            description = "Protocol of a new campaign, for example edit-preference-v1.")
    private @Nullable String protocol;

    @Option(
            names = "--labels-per-pair",
            paramLabel = "N",
            description = "Labels that every pair is to get. Without it the uniform sample gets 3 and all others 1.")
    private @Nullable Integer labelsPerPair;

    @Option(names = "--dry-run", description = "Only reports what would happen.")
    private boolean dryRun;

    @Option(
            names = "--strict",
            description = "Imports nothing when any row has a mistake or is odd. With --from this covers what the files"
                    + " themselves show, not answers that the campaign already has differently.")
    private boolean strict;

    @Option(
            names = "--from",
            paramLabel = "TOOL",
            description =
                    "The tool that the files come from: label-studio, argilla, editreward, pick-a-pic, rapidata, mmrb2.")
    private @Nullable String from;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description =
                    "With --from: which fields are what, and what answers mean. Without it that is guessed, and the"
                            + " import refused where several fields may be the verdict.")
    private @Nullable Path mapping;

    // a mapping is shown without a server
    @Option(
            names = "--show-mapping",
            help = true,
            description =
                    "With --from and a file: prints the mapping that would be guessed, to be edited and given back.")
    private boolean showMapping;

    @Mixin
    private ManifestParameter manifest;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "With --from: more files of the dataset.")
    private @Nullable List<Path> more;

    @Override
    public Integer call() {
        if (showMapping) {
            return show();
        }
        if (from != null) {
            return importForeign(ForeignFiles.of(ForeignFiles.tool(from), files(), mapping));
        }
        if (mapping != null || more != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    (mapping != null ? "--mapping is" : "Several files are")
                            + " for datasets of other tools. Give --from.");
        }
        return importManifest();
    }

    private Integer show() {
        if (from == null || manifest.file() == null) {
            throw new ParameterException(spec.commandLine(), "Give --from and a file to --show-mapping.");
        }
        var guess = ForeignFiles.guess(ForeignFiles.tool(from), manifest.file());
        if (!guess.candidates().isEmpty()) {
            Output.say(
                    spec,
                    "Several fields may be the verdict: " + String.join(", ", guess.candidates())
                            + ". Leave in verdict of the mapping the one that counts.");
        }
        Output.line(spec, guess.mapping().json());
        return 0;
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        files.add(manifest.file());
        if (more != null) {
            files.addAll(more);
        }
        return files;
    }

    private Integer importForeign(ForeignFiles files) {
        ServerClient client = options.client();
        var response = files.post(client, path("/api/v1/imports/foreign") + files.parameters());
        JsonNode report = response.statusCode() == UNPROCESSABLE ? client.document(response) : client.json(response);
        if (!report.has("labelsRejected")) {
            throw CommandFailure.badInput(manifest.file() + ": "
                    + client.refusal(response.statusCode(), report).getMessage());
        }
        for (JsonNode problem : report.path("problems")) {
            Output.say(spec, described(files, problem, ""));
        }
        for (JsonNode warning : report.path("warnings")) {
            Output.say(spec, described(files, warning, "warning: "));
        }
        Output.result(spec, report);
        boolean rejected = report.path("labelsRejected").asInt(0) > 0;
        return succeeded(report) && !(strict && rejected) && response.statusCode() != UNPROCESSABLE ? 0 : 2;
    }

    /** {@code file:row: field: message}; rows of a table and of a JSON array are counted from 1. */
    private static String described(ForeignFiles files, JsonNode problem, String kind) {
        int row = problem.path("row").asInt(0);
        String field = problem.path("field").asString("");
        return files.place(problem.path("file").asString("")) + (row > 0 ? ":" + row : "") + ": "
                + (field.isEmpty() ? "" : field + ": ") + kind
                + problem.path("message").asString("");
    }

    private Integer importManifest() {
        ServerClient client = options.client();
        var upload = ManifestUpload.of(manifest.file());
        var response = upload.post(client, path("/api/v1/imports"));
        // a refused import is answered with the same report
        JsonNode report = response.statusCode() == UNPROCESSABLE ? client.document(response) : client.json(response);
        if (!report.has("rejected")) {
            throw CommandFailure.badInput(manifest.file() + ": "
                    + client.refusal(response.statusCode(), report).getMessage());
        }
        for (JsonNode problem : report.path("problems")) {
            Output.say(spec, manifest.describe(problem, upload));
        }
        for (JsonNode warning : report.path("warnings")) {
            Output.say(spec, manifest.warning(warning));
        }
        Output.result(spec, report);
        return succeeded(report) && response.statusCode() != UNPROCESSABLE ? 0 : 2;
    }

    private String path(String place) {
        StringBuilder path =
                new StringBuilder(place).append("?campaign=").append(ServerClient.encode(options.campaign()));
        if (protocol != null) {
            path.append("&protocol=").append(ServerClient.encode(protocol));
        }
        if (labelsPerPair != null) {
            path.append("&labelsPerPair=").append(labelsPerPair);
        }
        return path.append("&dryRun=")
                .append(dryRun)
                .append("&strict=")
                .append(strict)
                .toString();
    }

    private boolean succeeded(JsonNode report) {
        boolean rejected = report.path("rejected").asInt(0) > 0;
        boolean anything =
                report.path("items").asInt(0) + report.path("unchanged").asInt(0) > 0;
        return strict ? !rejected : anything || !rejected;
    }
}
