package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diptych.protocol.text.Sha256;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Downloads a campaign's dataset. */
@Command(
        name = "export",
        description =
                "Downloads a campaign's labels and prints what was written. A file appears only when it is complete.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init")
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CampaignOptions options;

    @Option(
            names = "--format",
            required = true,
            converter = ExportFormat.Converter.class,
            paramLabel =
                    "jsonl|parquet|editreward-json|editreward-parquet|ms-swift|trl|pick-a-pic|llama-factory|label-studio|argilla|replay",
            description = "The form of the dataset.")
    private ExportFormat format;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description =
                    "Which labels; may be given several times, values of one name are alternatives: stratum=uniform|acquired|gold|training|imported,"
                            + " protocol=ID-vN, annotator=NAME, model=NAME, from=YYYY-MM-DD, to=YYYY-MM-DD (UTC), simulated=include|exclude,"
                            + " extra=include|exclude, superseded=include|exclude, taken-out=include|exclude, excluded=include|exclude. Default: uniform and acquired,"
                            + " no simulated annotators (but in editreward-json), none superseded, no pairs that a lead took out; in jsonl"
                            + " everything but such pairs. replay takes no filter.")
    private List<String> filter = List.of();

    @Option(
            names = "--split",
            paramLabel = "TRAIN/VALIDATION/TEST",
            description =
                    "Parts in per cent that share no source picture, such as 80/10/10; jsonl and editreward-json come as one file"
                            + " a part then. Default: one part, train.")
    private @Nullable String split;

    @Option(
            names = "--consensus",
            arity = "0..1",
            fallbackValue = "dawid-skene",
            paramLabel = "majority|dawid-skene",
            description =
                    "How several answers to a task become one: counted (the default), or weighed by the model of the annotators.")
    private @Nullable String consensus;

    @Option(
            names = "--names",
            paramLabel = "written|pseudonym|none",
            description = "How annotators and editing models are called. Default: as written.")
    private @Nullable String names;

    @Option(
            names = "--ties",
            paramLabel = "keep|drop|split",
            description =
                    "What becomes of tasks in which nobody won: a row that says so where the format has words for it (the default),"
                            + " no row, or in formats for trainers two rows with opposite answers.")
    private @Nullable String ties;

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "The licence that the card states, such as CC-BY-4.0. Default: unknown.")
    private @Nullable String licence;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write to.")
    private Path out;

    @Override
    public Integer call() {
        requireFolder();
        ServerClient client = options.client();
        String path =
                CampaignDirectory.path(client, options.campaign()) + "/export?format=" + format.word() + parameters();
        var response = client.open(path);
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        boolean zipped = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/zip"))
                .isPresent();
        Map<String, Object> result =
                zipped && !format.isFolder() ? writeParts(client, response.body()) : write(client, response.body());
        response.headers().firstValueAsLong("Diptych-Left-Out").ifPresent(leftOut -> {
            result.put("leftOut", leftOut);
            if (leftOut > 0 && format.isFolder()) {
                Output.say(
                        spec,
                        leftOut
                                + " labelled tasks have no row: nobody won, what is said contradicts itself, or the two edits"
                                + " are one picture.");
            } else if (leftOut > 0) {
                Output.say(
                        spec,
                        leftOut
                                + " labelled tasks have no record: their votes and their mean scores contradict each other,"
                                + " their answers are no ratings, or their two edits are one picture.");
            }
        });
        Output.result(spec, result);
        return 0;
    }

    /** Before anything is asked of the server: that the folder is there or can be made. */
    private void requireFolder() {
        for (Path place = out.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isDirectory(place)) {
                return;
            }
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw CommandFailure.badInput("--out " + out + ": " + place + " is no folder. Name a folder.");
            }
        }
    }

    private String parameters() {
        StringBuilder text = new StringBuilder();
        // one by one: a value may hold a comma
        filter.forEach(word -> parameter(text, "filter", word));
        parameter(text, "split", split);
        parameter(text, "consensus", consensus);
        parameter(text, "names", names);
        parameter(text, "ties", ties);
        parameter(text, "licence", licence);
        return text.toString();
    }

    private static void parameter(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private Map<String, Object> writeFolder(InputStream body) {
        try (body) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("files", new ExportedFolder(out, ExportedFolder.DESCRIPTION).unpack(body, _ -> {}));
            return result;
        } catch (IOException exception) {
            throw incomplete(out, FileFault.of(exception));
        }
    }

    /** A plain file in parts. */
    private Map<String, Object> writeParts(ServerClient client, InputStream body) {
        try (body) {
            long[] labels = new long[1];
            ExportedFolder folder = new ExportedFolder(out, ExportedFolder.PARTS);
            List<String> files = folder.unpack(body, draft -> {
                JsonNode parts = ServerClient.JSON
                        .readTree(Files.readAllBytes(draft.resolve(ExportedFolder.PARTS)))
                        .path("parts");
                int pictures = 0;
                for (JsonNode part : parts) {
                    labels[0] += part.path("rows").asLong(0);
                    if (format == ExportFormat.EDITREWARD_JSON) {
                        pictures += new ExportedPictures(client, out)
                                .fetch(draft.resolve(part.path("file").asString("")));
                    }
                }
                if (format == ExportFormat.EDITREWARD_JSON) {
                    Output.say(spec, pictures + " pictures are in " + out.resolve("images") + ".");
                }
            });
            // whoever reads all files of the folder would train on the test part
            folder.deleteWhole(format.fileName());
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("files", files);
            result.put("labels", labels[0]);
            return result;
        } catch (IOException exception) {
            throw incomplete(out, FileFault.of(exception));
        } catch (JacksonException noJson) {
            throw incomplete(out, "what the server sent is not JSON to its end");
        }
    }

    private Map<String, Object> write(ServerClient client, InputStream body) {
        if (format.isFolder()) {
            return writeFolder(body);
        }
        Path target = out.resolve(format.fileName());
        try {
            Files.createDirectories(out);
            Path draft = out.resolve(format.fileName() + ".part");
            try (DigestInputStream stream = new DigestInputStream(body, Sha256.digest())) {
                Files.copy(stream, draft, StandardCopyOption.REPLACE_EXISTING);
                long labels = format.count(draft);
                List<String> files = new ArrayList<>();
                files.add(target.toString());
                if (format == ExportFormat.JSONL) {
                    files.add(writeSchema(client));
                }
                if (format == ExportFormat.EDITREWARD_JSON) {
                    int pictures = new ExportedPictures(client, out).fetch(draft);
                    Output.say(spec, pictures + " pictures are in " + out.resolve("images") + ".");
                }
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                new ExportedFolder(out, ExportedFolder.PARTS).deleteParts(format.fileName());
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("files", files);
                result.put("labels", labels);
                result.put(
                        "sha256",
                        HexFormat.of().formatHex(stream.getMessageDigest().digest()));
                return result;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException exception) {
            throw incomplete(target, FileFault.of(exception));
        } catch (JacksonException noJson) {
            throw incomplete(target, "what the server sent is not JSON to its end");
        }
    }

    private static CommandFailure incomplete(Path target, String reason) {
        return CommandFailure.failed(
                "The export to " + target + " did not complete, nothing was written: " + reason + ".");
    }

    /** What the columns hold, beside the lines. */
    private String writeSchema(ServerClient client) throws IOException {
        Path schema = out.resolve("labels.schema.json");
        Files.writeString(
                schema,
                ServerClient.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(client.get("/api/v1/schemas/labels")));
        return schema.toString();
    }
}
