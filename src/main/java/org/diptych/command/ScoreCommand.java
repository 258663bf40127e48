package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores edits with a campaign's reward model. */
@Command(
        name = "score",
        description = {
            "Scores the candidates of a manifest with a campaign's reward model; they need not be in any campaign.",
            "Prints one JSON line a candidate as the server computes it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class ScoreCommand implements Callable<Integer> {
    /** How the server says that it could not score something; such a line is a message, not a result. */
    private static final String PROBLEM = "{\"problem\":";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CampaignOptions options;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            description = "Number of the model version. Default: the campaign's active one.")
    private @Nullable Integer model;

    @Mixin
    private ManifestParameter manifest;

    @Override
    public Integer call() {
        ServerClient client = options.client();
        String path = "/api/v1/score?campaign=" + ServerClient.encode(options.campaign())
                + (model == null ? "" : "&model=" + model);
        var upload = ManifestUpload.of(manifest.file());
        var response = upload.post(client, path);
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean complete = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(PROBLEM)) {
                    err.println(
                            manifest.describe(ServerClient.JSON.readTree(line).path("problem"), upload));
                    complete = false;
                } else {
                    out.println(line);
                }
            }
        } catch (IOException exception) {
            throw CommandFailure.failed("The scores broke off: " + exception.getMessage() + ". Score again.");
        } finally {
            out.flush();
        }
        return complete ? 0 : 2;
    }
}
