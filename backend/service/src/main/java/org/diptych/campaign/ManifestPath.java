package org.diptych.campaign;

import java.util.ArrayList;
import java.util.Optional;

/** Paths of a manifest: relative to its folder, with forward slashes, never leaving it. */
final class ManifestPath {
    private ManifestPath() {}

    /** The path without {@code .} and empty parts; empty when it is absolute or leaves the folder. */
    static Optional<String> normalise(String path) {
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf(':') >= 0) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}
