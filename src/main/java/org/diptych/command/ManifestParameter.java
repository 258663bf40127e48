package org.diptych.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The manifest that a command sends, with its pictures. */
@SuppressWarnings("NullAway.Init")
final class ManifestParameter {
    @Parameters(
            paramLabel = "MANIFEST.jsonl|ZIP",
            description = "The manifest, with its pictures beside it, or a zip of such a folder.")
    private Path file;

    Path file() {
        return file;
    }

    /** {@code file:line: field: message}, the form that editors turn into links. */
    String describe(JsonNode problem, ManifestUpload upload) {
        var own = upload.reason(
                problem.path("line").asInt(0), problem.path("field").asString(""));
        return place(problem) + own.orElse(problem.path("message").asString(""));
    }

    /** The same for what is odd and taken nevertheless. */
    String warning(JsonNode warning) {
        return place(warning) + "warning: " + warning.path("message").asString("");
    }

    private String place(JsonNode remark) {
        int line = remark.path("line").asInt(0);
        String field = remark.path("field").asString("");
        return file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ");
    }
}
