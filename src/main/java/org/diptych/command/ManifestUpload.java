package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends a manifest with its pictures, or a ready-made zip, as one streamed request. */
final class ManifestUpload {
    static final String ZIP = "application/zip";
    private static final int PIPE_BYTES = 1 << 16;

    private final Path file;
    private final @Nullable ManifestArchive archive;

    private ManifestUpload(Path file, @Nullable ManifestArchive archive) {
        this.file = file;
        this.archive = archive;
    }

    /**
     * An upload of a file: a manifest is sent with its pictures, a zip as it is, whatever its name.
     *
     * @throws CommandFailure when there is no such file, or it may not be read
     */
    static ManifestUpload of(Path file) {
        InputFile.require(file, "Give the manifest (.jsonl) or a .zip of its folder.");
        return new ManifestUpload(file, isZip(file) ? null : ManifestArchive.of(file));
    }

    /** Whether a file is a zip, by its content or its name. */
    static boolean isZip(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] start = stream.readNBytes(4);
            return isNamedZip(file) || (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3);
        } catch (IOException unreadable) {
            return isNamedZip(file);
        }
    }

    private static boolean isNamedZip(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** Why the server found no picture at this place, when the reason is on this side. */
    Optional<String> reason(int line, String field) {
        return archive == null ? Optional.empty() : archive.reason(line, field);
    }

    /**
     * Posts the file to a path; the caller reads and closes the answer.
     *
     * @throws CommandFailure when the file cannot be read to its end
     */
    HttpResponse<InputStream> post(ServerClient client, String path) {
        // a refused token is said before anything is sent: the server may hang up in the middle of a long upload
        client.get("/api/v1/session");
        return archive == null ? client.upload(path, zipFile(file), ZIP) : send(client, path, file, archive::writeTo);
    }

    /** Writes an archive to a stream. */
    interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * Posts an archive while it is written; the caller reads and closes the answer.
     *
     * @param file that it is of, for messages
     * @throws CommandFailure when it cannot be written to its end
     */
    static HttpResponse<InputStream> send(ServerClient client, String path, Path file, Content archive) {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        try {
            HttpResponse<InputStream> response =
                    client.upload(path, BodyPublishers.ofInputStream(() -> stream(archive, failure)), ZIP);
            requireComplete(file, failure.get());
            return response;
        } catch (CommandFailure exception) {
            requireComplete(file, failure.get());
            throw exception;
        }
    }

    private static BodyPublisher zipFile(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (IOException exception) {
            throw CommandFailure.badInput(file + ": cannot be read: " + FileFault.of(exception) + ".");
        }
    }

    private static InputStream stream(Content archive, AtomicReference<@Nullable IOException> failure) {
        PipedInputStream receiver = new PipedInputStream(PIPE_BYTES);
        try {
            PipedOutputStream sender = new PipedOutputStream(receiver);
            Thread.ofVirtual().start(() -> write(archive, sender, failure));
            return receiver;
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static void write(
            Content archive, PipedOutputStream sender, AtomicReference<@Nullable IOException> failure) {
        try (sender) {
            archive.writeTo(sender);
        } catch (IOException exception) {
            failure.set(exception);
        }
    }

    /** A file that could not be read leaves a torn archive behind; the reason matters more than the answer to that. */
    private static void requireComplete(Path file, @Nullable IOException failure) {
        // a closed pipe only says that the server had heard enough; its answer tells why
        if (failure != null
                && !String.valueOf(failure.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("pipe")) {
            throw CommandFailure.failed(file + ": a file could not be read to its end: " + FileFault.of(failure) + ".");
        }
    }
}
