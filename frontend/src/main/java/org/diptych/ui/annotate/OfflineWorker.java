package org.diptych.ui.annotate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.diptych.protocol.text.Sha256;

/**
 * The script of the workspace's service worker, which brings the workspace back over a reload without a network. The
 * script names its build, so that a browser that meets a new build replaces the worker and the files that it keeps.
 */
final class OfflineWorker {
    private static final String FOLDER = "/META-INF/resources/wc/";
    private static final String SCRIPT = "annotate-worker.js";
    private static final List<String> FILES = List.of("workspace.js", "picture-worker.js", "tokens.css", SCRIPT);

    private OfflineWorker() {}

    /** The script with its build's digest before it. */
    static byte[] script() {
        var text = "self.BUILD = \"" + build() + "\";\n" + new String(read(SCRIPT), StandardCharsets.UTF_8);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String build() {
        var digest = Sha256.digest();
        FILES.forEach(file -> digest.update(read(file)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static byte[] read(String file) {
        try (var stream = OfflineWorker.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path; the browser code was not bundled");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
