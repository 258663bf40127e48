package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.diptych.service.history.HistoryReport;
import org.diptych.service.history.HistoryVerification;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code diptych verify}: whether labels, protocols and pictures are what they were, and if not, where. */
@Command(
        name = "verify",
        description = {
            "Verifies the chain over the labels of each campaign, published protocols, pictures and counts, and prints what"
                    + " it found. The exit status is 1 when anything is amiss.",
            "It works on the data of an installation (--data-dir, --database-url) or asks a running server (--server, with"
                    + " an administrator's token)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--server",
            paramLabel = "URL",
            // a line of its own: a line break inside an address would break it
            description = {"Address of a server to ask instead, for example", "http://localhost:8080"})
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "An administrator's API token. Default: the environment variable DIPTYCH_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--against",
            paramLabel = "REPORT.json",
            description =
                    "An earlier report of this command, kept elsewhere: tells also a chain that was made anew, or whose"
                            + " end is missing.")
    private @Nullable Path against;

    @Override
    public Integer call() throws IOException, SQLException {
        Map<UUID, HistoryReport.Anchor> anchors = against == null ? Map.of() : anchors(against);
        JsonNode report = server == null ? ofData(anchors) : ofServer(server);
        Output.result(spec, report);
        tell(report);
        return report.path("intact").asBoolean() ? 0 : 1;
    }

    private JsonNode ofData(Map<UUID, HistoryReport.Anchor> anchors) throws IOException, SQLException {
        try (Installation installation = Installation.open(data.dataDirectory(), data.databaseUrl(spec));
                Connection connection = installation.database().asOwner().getConnection()) {
            HistoryVerification verification =
                    new HistoryVerification(installation.objects(), anchors, step -> Output.say(spec, step));
            return ServerClient.JSON.valueToTree(verification.verify(connection));
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    /** What it means that a database could not be read. */
    static CommandFailure unreadable(SQLException failure) {
        return CommandFailure.failed(
                "42P01".equals(failure.getSQLState())
                        ? "The database is older than this version of Diptych. Start the server once, which"
                                + " brings it up to date, and verify then."
                        : "The database could not be read to its end: " + failure.getMessage() + ".");
    }

    private JsonNode ofServer(String address) throws IOException {
        if (against != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--against works on the data itself: give --data-dir or --database-url with it.");
        }
        ServerClient client = CampaignOptions.client(spec, ServerOption.address(spec, address), token);
        HttpResponse<InputStream> response = client.open("/api/v1/verification");
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                JsonNode line = ServerClient.JSON.readTree(text);
                if (line.has("report")) {
                    return line.path("report");
                }
                if (line.has("busy")) {
                    throw CommandFailure.failed(line.path("busy").asString(""));
                }
                Output.say(spec, line.path("progress").asString(""));
            }
            throw CommandFailure.failed("The server did not end the verification; its log says why.");
        } catch (IOException broken) {
            throw CommandFailure.failed("The answer of " + address + " broke off: " + broken.getMessage() + ".");
        } catch (JacksonException noJson) {
            throw client.otherServer();
        }
    }

    /** What is amiss, in words; the places are in the report. */
    private void tell(JsonNode report) {
        for (JsonNode chain : report.path("campaigns")) {
            JsonNode first = chain.path("firstBreak");
            if (first.isObject()) {
                Output.say(
                        spec,
                        "Campaign %s (%s), entry %d%s: %s."
                                .formatted(
                                        chain.path("name").asString(""),
                                        chain.path("campaign").asString(""),
                                        first.path("position").asLong(),
                                        first.path("label").isString()
                                                ? ", label "
                                                        + first.path("label").asString()
                                                : "",
                                        first.path("what").asString("")));
            }
        }
        report.path("protocols")
                .path("changed")
                .forEach(protocol ->
                        Output.say(spec, "Protocol " + protocol.asString("") + " is not what its digest says."));
        report.path("pictures").path("first").forEach(file -> Output.say(spec, file.asString("") + "."));
        report.path("counts").forEach(count -> {
            if (count.path("wrong").asLong() > 0) {
                Output.say(
                        spec,
                        count.path("wrong").asLong() + " " + count.path("what").asString("") + ".");
            }
        });
        if (report.path("intact").asBoolean()) {
            Output.say(spec, "Everything is what it was.");
        }
    }

    private static Map<UUID, HistoryReport.Anchor> anchors(Path file) {
        try (BufferedReader text = TextFile.open(file)) {
            Map<UUID, HistoryReport.Anchor> anchors = new HashMap<>();
            JsonNode campaigns = ServerClient.JSON.readTree(text).path("campaigns");
            if (!campaigns.isArray()) {
                throw CommandFailure.badInput(file + ": no report of diptych verify; it has no campaigns.");
            }
            for (JsonNode chain : campaigns) {
                if (chain.path("chained").asLong(0) > 0) {
                    anchors.put(
                            UUID.fromString(chain.path("campaign").asString("")),
                            new HistoryReport.Anchor(
                                    chain.path("chained").asLong(),
                                    chain.path("head").asString("")));
                }
            }
            return anchors;
        } catch (MalformedFileException malformed) {
            throw CommandFailure.badInput(malformed.getMessage() + ".");
        } catch (JacksonException | IllegalArgumentException noReport) {
            throw CommandFailure.badInput(file + ": no report of diptych verify.");
        } catch (IOException unreadable) {
            throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(unreadable) + ".");
        }
    }
}
