package org.diptych.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that is soon full; only the superuser may make one. */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final Path place;

    SmallDisk(Path place, int megabytes) throws IOException, InterruptedException {
        this.place = Files.createDirectories(place);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=777", "tmpfs", place.toString());
    }

    static boolean isPossible() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/mount"));
    }

    /** Fills it to its last byte. */
    void fill() throws IOException {
        var chunk = new byte[CHUNK];
        try (var out = Files.newOutputStream(filler())) {
            for (int size = chunk.length; size > 0; ) {
                try {
                    out.write(chunk, 0, size);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
    }

    /** Somebody has made room. */
    void makeRoom() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return place.resolve("filler");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", place.toString());
    }
}
