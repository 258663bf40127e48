package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths of a manifest: relative to its folder, never leaving it. Backslashes are the slashes of Windows. */
public final class ManifestPath {
    /** {@code C:} or {@code https:}. */
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|[A-Za-z]:.*", Pattern.DOTALL);

    private ManifestPath() {}

    /** The path with slashes, without {@code .} and empty parts; empty when it is absolute or leaves the folder. */
    public static Optional<String> normalise(String path) {
        var slashed = path.replace('\\', '/');
        if (slashed.startsWith("/") || ABSOLUTE.matcher(slashed).matches()) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (var part : slashed.split("/", -1)) {
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
