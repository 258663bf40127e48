package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

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
            paramLabel = "jsonl|editreward-json|replay",
            description = "The form of the dataset.")
    private ExportFormat format;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write to.")
    private Path out;

    @Override
    public Integer call() {
        ServerClient client = options.client();
        String path = CampaignDirectory.path(client, options.campaign()) + "/export?format=" + format.word();
        var response = client.open(path);
        if (response.statusCode() / 100 != 2) {
            throw client.refusal(response.statusCode(), client.document(response));
        }
        Output.result(spec, write(client, response.body()));
        return 0;
    }

    private Map<String, Object> write(ServerClient client, InputStream body) {
        Path target = out.resolve(format.fileName());
        try {
            Files.createDirectories(out);
            Path draft = out.resolve(format.fileName() + ".part");
            try (DigestInputStream stream = new DigestInputStream(body, sha256())) {
                Files.copy(stream, draft, StandardCopyOption.REPLACE_EXISTING);
                long labels = format.count(draft);
                if (format == ExportFormat.EDITREWARD_JSON) {
                    int pictures = new ExportedPictures(client, out).fetch(draft);
                    Output.say(spec, pictures + " pictures are in " + out.resolve("images") + ".");
                }
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("files", List.of(target.toString()));
                result.put("labels", labels);
                result.put(
                        "sha256",
                        HexFormat.of().formatHex(stream.getMessageDigest().digest()));
                return result;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | JacksonException exception) {
            throw CommandFailure.failed(
                    "The export to " + target + " did not complete, nothing was written: " + exception.getMessage());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
