package org.diptych.reward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that holds the SHA-256 of the state (64 hexadecimal digits) and the state; replaced as a whole. */
final class CheckpointFile implements Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(CheckpointFile.class);
    private static final int DIGEST = 64;

    private final Path file;
    private final Duration every;
    private long savedAt = System.nanoTime();

    CheckpointFile(Path file, Duration every) {
        this.file = file;
        this.every = every;
    }

    @Override
    public boolean due() {
        return System.nanoTime() - savedAt >= every.toNanos();
    }

    @Override
    public void save(byte[] state) throws IOException {
        var part = part();
        try (var output = Files.newOutputStream(part)) {
            output.write(ModelFolder.digest(state).getBytes(StandardCharsets.US_ASCII));
            output.write(state);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        savedAt = System.nanoTime();
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] state = Arrays.copyOfRange(bytes, Math.min(DIGEST, bytes.length), bytes.length);
        var digest = new String(bytes, 0, Math.min(DIGEST, bytes.length), StandardCharsets.US_ASCII);
        if (!digest.equals(ModelFolder.digest(state))) {
            log.warn("{} is damaged; the training run starts over", file);
            return Optional.empty();
        }
        return Optional.of(state);
    }

    @Override
    public void clear() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(file);
    }

    private Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }
}
