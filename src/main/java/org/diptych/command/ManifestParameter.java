package org.diptych.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

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
}
