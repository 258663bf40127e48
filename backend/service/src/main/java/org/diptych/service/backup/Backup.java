package org.diptych.service.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.diptych.service.image.ObjectStore;
import org.springframework.core.io.Resource;

/**
 * Writes a backup while people label. The database is read in one transaction; pictures and models are read afterwards, for
 * they are stored before any row speaks of them and never change.
 */
public final class Backup {
    /** Keys of damaged or missing objects that a report names. */
    private static final int MOST_NAMED = 1000;

    private final ObjectStore store;
    private final Pictures pictures;
    private final String product;
    private final Consumer<String> progress;

    /**
     * How backups are made.
     *
     * @param store where pictures and models are
     * @param product the version of Diptych, for whoever reads the file
     * @param progress is told what is being written
     */
    public Backup(ObjectStore store, Pictures pictures, String product, Consumer<String> progress) {
        this.store = store;
        this.pictures = pictures;
        this.product = product;
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param sha256 of the file but for its end, which states it
     * @param header what the file says of itself
     * @param contents what it says of its content
     */
    public record Written(Path file, long bytes, String sha256, BackupHeader header, BackupContents contents) {
        /** The labels in it. */
        public long labels() {
            var labels = contents.tables().get("label");
            return labels == null ? 0 : labels.rows();
        }
    }

    /**
     * Writes a backup. The file appears under its name only when it is complete and on the disk.
     *
     * @param connection to the database, its own while this lasts
     * @param file where to; nothing may be there
     * @throws BackupProblem when the file cannot be written there or the database is none of ours
     */
    public Written write(Connection connection, Path file) throws IOException, SQLException {
        var target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new BackupProblem(file + " is there already. Choose another name, or remove it first.");
        }
        // names of its own: two may be made under one name at once
        var name = target.getFileName() + "." + UUID.randomUUID();
        var draft = target.resolveSibling(name + ".part");
        var keys = target.resolveSibling(name + ".keys");
        try {
            var written = write(connection, target, draft, keys);
            publish(draft, target);
            try (var folder = FileChannel.open(parent(target), StandardOpenOption.READ)) {
                folder.force(true);
            }
            return written;
        } catch (FileAlreadyExistsException e) {
            throw new BackupProblem(file + " was made by somebody else meanwhile and stays. Choose another name.", e);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(parent(target))) {
                throw new BackupProblem("There is no folder " + parent(target) + " to write the backup to.", e);
            }
            throw e;
        } finally {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(keys);
        }
    }

    /** A link, unlike a move, never takes the place of a file that came meanwhile; not every disk has links. */
    private static void publish(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.move(draft, target);
        }
    }

    private static Path parent(Path file) {
        return java.util.Objects.requireNonNull(file.getParent());
    }

    private Written write(Connection connection, Path target, Path draft, Path keys) throws IOException, SQLException {
        BackupHeader header;
        var tables = new TreeMap<String, BackupContents.TableContent>();
        TreeMap<String, Long> sequences;
        try (var writer = new BackupWriter(draft)) {
            try (var snapshot = Snapshot.take(connection)) {
                header = new BackupHeader(
                        BackupHeader.FORMAT,
                        product,
                        snapshot.schema(),
                        snapshot.takenAt(),
                        pictures,
                        snapshot.tables());
                writer.document(Members.HEADER, header);
                for (var foreign : snapshot.unreadable()) {
                    progress.accept("Warning: the table " + foreign
                            + " belongs to somebody else and cannot be read. It is left out.");
                }
                for (var table : header.tables()) {
                    progress.accept("table " + table.name());
                    var parts = writer.parts(Members.TABLES + table.name() + "/", ".copy");
                    tables.put(table.name(), parts.end(snapshot.copy(table, parts)));
                }
                try (var list = Files.newOutputStream(keys)) {
                    snapshot.copyObjects(list);
                }
                sequences = new TreeMap<>(snapshot.sequences());
            }
            var objects = new Objects(writer);
            try (var lines = Files.newBufferedReader(keys)) {
                objects.write(lines);
            }
            var contents = new BackupContents(tables, sequences, objects.content(), List.copyOf(objects.missing));
            writer.document(Members.CONTENTS, contents);
            var sha256 = writer.finish();
            return new Written(target, Files.size(draft), sha256, header, contents);
        }
    }

    /** Pictures and models on their way into the file. */
    private final class Objects {
        private static final int REPORT_EVERY = 1000;

        private final BackupWriter writer;
        private final BackupWriter.Parts references;
        private final MessageDigest digest = Digests.sha256();
        private final List<String> missing = new ArrayList<>();
        private long count;
        private long bytes;

        private Objects(BackupWriter writer) {
            this.writer = writer;
            this.references = writer.parts(Members.REFERENCES, ".tsv");
        }

        private void write(BufferedReader lines) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var fields = line.split("\t", -1);
                var key = ObjectStore.keyOf(fields[0]) + fields[1];
                // a picture's smaller forms stand beside it
                var found = fields[1].isEmpty() ? store.family(key) : List.of(key);
                if (!found.contains(key)) {
                    missing(key);
                }
                for (var member : found) {
                    add(member, member.equals(key) && fields[1].isEmpty() ? fields[0] : "");
                }
            }
            references.end(count);
        }

        /** An object that names its own digest and is not what it names is as good as lost. */
        private void add(String key, String named) throws IOException {
            var object = store.find(key);
            if (object.isEmpty()) {
                missing(key);
                return;
            }
            var sha256 = digest(object.get());
            if (sha256.isEmpty() || (!named.isEmpty() && !named.equals(sha256))) {
                missing(key);
                return;
            }
            long size = object.get().contentLength();
            if (pictures == Pictures.INCLUDED) {
                try (var content = object.get().getInputStream()) {
                    writer.copy(Members.OBJECTS + key, size, sha256, content);
                }
            } else {
                references.write("%s\t%d\t%s\n".formatted(key, size, sha256).getBytes(StandardCharsets.US_ASCII));
            }
            Digests.add(digest, key, sha256);
            bytes += size;
            if (++count % REPORT_EVERY == 0) {
                progress.accept(count + " pictures and models");
            }
        }

        /** Empty when it cannot be read: one bad place on a disk keeps nothing else from being saved. */
        private String digest(Resource object) {
            try (var content = object.getInputStream()) {
                return Digests.of(content);
            } catch (IOException unreadable) {
                return "";
            }
        }

        private void missing(String key) {
            if (missing.size() < MOST_NAMED) {
                missing.add(key);
            }
        }

        private BackupContents.ObjectsContent content() {
            return new BackupContents.ObjectsContent(count, bytes, Digests.hex(digest));
        }
    }
}
