package org.diptych.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Brings items and their edits into a campaign. */
@Command(
        name = "import",
        description = {
            "Imports a manifest with its pictures into a campaign, and creates the campaign when there is none of that"
                    + " name.",
            "Prints the report. Rows with a mistake are named on standard error and left out, odd ones are named and"
                    + " taken; importing the same manifest again changes nothing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
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

    @Option(names = "--strict", description = "Imports nothing when any row has a mistake or is odd.")
    private boolean strict;

    @Mixin
    private ManifestParameter manifest;

    @Override
    public Integer call() {
        ServerClient client = options.client();
        var upload = ManifestUpload.of(manifest.file());
        var response = upload.post(client, path());
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

    private String path() {
        StringBuilder path =
                new StringBuilder("/api/v1/imports?campaign=").append(ServerClient.encode(options.campaign()));
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
