package org.diptych.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data folder, held by one process at a time. It must be taken before anything else in the folder is
 * touched: a second instance would otherwise take the first one's database for an orphan and stop it. The operating
 * system gives the lock back when the process dies, however it dies.
 */
public final class InstanceLock implements AutoCloseable {
    private static final String FILE = "app.lock";

    private final Path file;
    private final FileChannel channel;

    private InstanceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a data folder, which must exist.
     *
     * @throws StartFailure when another process holds it or the folder cannot be written
     */
    public static InstanceLock acquire(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException exception) {
            throw new StartFailure(
                    "Cannot write in the data folder " + dataDirectory + ": " + exception.getMessage()
                            + ". Give this user the right to write there, or choose another folder with --data-dir.",
                    exception);
        }
        try {
            if (tryLock(channel) == null) {
                throw new StartFailure("Another Diptych" + holder(file) + " is using the data folder " + dataDirectory
                        + ". Stop it first, or give this one its own folder with --data-dir.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new InstanceLock(file, channel);
        } catch (IOException exception) {
            closeQuietly(channel, exception);
            throw new StartFailure("Cannot lock " + file + ": " + exception.getMessage(), exception);
        } catch (StartFailure failure) {
            closeQuietly(channel, failure);
            throw failure;
        }
    }

    /** Whether a file is that of the lock. It says nothing once nobody holds it. */
    public static boolean isLock(Path file) {
        return file.endsWith(FILE);
    }

    /** Whether a process holds the lock of a data folder at this moment. */
    static boolean isHeld(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException exception) {
            throw new StartFailure(
                    "Cannot use the data folder " + dataDirectory + ": " + exception.getMessage()
                            + ". Run this as the user that the server runs as.",
                    exception);
        }
    }

    /** Takes the file away from a folder in which nothing is kept; the last thing to be done there. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Gives the folder to the next process. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** The process that wrote its number into the lock file, as a hint for the person reading the message. */
    private static String holder(Path file) {
        try {
            String process = Files.readString(file).strip();
            return process.isEmpty() ? "" : " (process " + process + ")";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void closeQuietly(FileChannel channel, Exception reason) {
        try {
            channel.close();
        } catch (IOException exception) {
            reason.addSuppressed(exception);
        }
    }
}
