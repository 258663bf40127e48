package org.diptych.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where native programs and libraries are unpacked (PostgreSQL 60 MB, PyTorch 450 MB): in the user's cache, so that data
 * folders share them and a backup of a data folder stays small. It may be deleted while nothing runs.
 */
public final class CacheDirectory {
    private CacheDirectory() {}

    /** {@code DIPTYCH_CACHE_DIR}, else the user's cache folder, else {@code cache} in the data folder. */
    public static Path resolve(Path dataDirectory) {
        @Nullable String chosen = System.getenv("DIPTYCH_CACHE_DIR");
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        @Nullable String shared = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home", ""));
        if (shared != null) {
            return Path.of(shared, "diptych").toAbsolutePath();
        }
        return home.isAbsolute() && Files.isWritable(home)
                ? home.resolve(".cache/diptych")
                : dataDirectory.resolve("cache").toAbsolutePath();
    }
}
