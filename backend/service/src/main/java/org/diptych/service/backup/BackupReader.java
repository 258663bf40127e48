package org.diptych.service.backup;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a backup from its beginning to its end and checks every byte of it. What is handed on of a table has been checked;
 * an object is checked when it has been read.
 */
final class BackupReader implements AutoCloseable {
    private final BackupStream stream;
    private final TarArchiveInputStream archive;
    private final BackupVisitor visitor;
    private final Map<String, Tally> tables = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Tally objects = new Tally();
    private String current = "the beginning";
    private @Nullable BackupHeader header;
    private @Nullable BackupContents contents;

    private BackupReader(BackupStream stream, BackupVisitor visitor) {
        this.stream = stream;
        this.archive = new TarArchiveInputStream(stream, Members.RECORD, "UTF-8");
        this.visitor = visitor;
    }

    /**
     * Reads the whole file.
     *
     * @return what it holds
     * @throws DamagedBackupException with the member and the place
     * @throws BackupProblem when it is no backup, or one that this version cannot read
     */
    static BackupContents read(Path file, BackupVisitor visitor) throws IOException {
        try (var reader = new BackupReader(BackupStream.open(file), visitor)) {
            reader.readMembers(file);
            return Objects.requireNonNull(reader.contents);
        }
    }

    private void readMembers(Path file) throws IOException {
        for (var entry = next(); entry != null; entry = next()) {
            current = entry.getName();
            if (header == null && !current.equals(Members.HEADER)) {
                throw new BackupProblem(file + " is no backup of Diptych: it does not begin with " + Members.HEADER
                        + ". Is it the right file?");
            }
            if (current.equals(Members.CHECKSUM)) {
                break;
            }
            if (contents != null) {
                throw damaged("a member stands after " + Members.CONTENTS, null);
            }
            member(entry);
        }
        if (header == null) {
            throw new BackupProblem(file + " is no backup of Diptych, or nearly all of it is missing ("
                    + stream.length() + " bytes). Is it the right file?");
        }
        if (contents == null) {
            throw damaged("the file ends here, after " + stream.length() + " bytes; the rest is missing", null);
        }
        stream.requireWhole();
    }

    private @Nullable TarArchiveEntry next() throws IOException {
        long place = stream.position();
        try {
            var entry = archive.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw new DamagedBackupException(
                        "the member after " + current, place, "its header is not what was written", null);
            }
            return entry;
        } catch (IOException | IllegalArgumentException e) {
            if (header == null) {
                throw new BackupProblem(
                        "This is no backup of Diptych: it is not a tar archive. Is it the right file?", e);
            }
            throw new DamagedBackupException(
                    "the member after " + current,
                    place,
                    e instanceof EOFException || stream.isAtEnd() ? "the file ends here" : "its header cannot be read",
                    e);
        }
    }

    private void member(TarArchiveEntry entry) throws IOException {
        var name = entry.getName();
        if (name.equals(Members.HEADER)) {
            header = document(entry, BackupHeader.class);
            if (header.format() != BackupHeader.FORMAT) {
                throw new BackupProblem(
                        "This backup was made by Diptych " + header.product() + " in a layout (" + header.format()
                                + ") that this version cannot read. Restore it with that version or a later one.");
            }
            visitor.begin(header);
        } else if (name.equals(Members.CONTENTS)) {
            contents = document(entry, BackupContents.class);
            compare(contents);
        } else if (name.startsWith(Members.TABLES)) {
            table(entry);
        } else if (name.startsWith(Members.OBJECTS)) {
            object(entry);
        } else if (name.startsWith(Members.REFERENCES)) {
            references(entry);
        } else {
            throw damaged("there is no such member in a backup", null);
        }
    }

    private <T> T document(TarArchiveEntry entry, Class<T> type) throws IOException {
        try {
            return JsonMapper.shared().readValue(whole(entry, Members.LARGEST_DOCUMENT), type);
        } catch (JacksonException e) {
            throw damaged("it is not the JSON that was written", e);
        }
    }

    private void table(TarArchiveEntry entry) throws IOException {
        var name = entry.getName();
        // a table's own name may have a slash in it, when somebody else made the table
        int end = name.lastIndexOf('/');
        var table = Objects.requireNonNull(header).tables().stream()
                .filter(t -> name.startsWith(Members.TABLES + t.name() + "/")
                        && end == Members.TABLES.length() + t.name().length())
                .findFirst()
                .orElseThrow(() -> damaged("no such table is named at the beginning", null));
        var tally = tables.computeIfAbsent(table.name(), _ -> new Tally());
        if (ended.contains(table.name()) || !name.substring(end + 1).equals(part(++tally.members, ".copy"))) {
            throw damaged("it is not the part that has to follow", null);
        }
        tables.keySet().stream().filter(other -> !other.equals(table.name())).forEach(ended::add);
        var rows = unpacked(whole(entry, 2 * Members.PART));
        tally.digest.update(rows);
        tally.bytes += rows.length;
        for (byte b : rows) {
            if (b == '\n') {
                tally.count++;
            }
        }
        visitor.rows(table, rows);
    }

    private static String part(int number, String suffix) {
        return Members.part("", number, suffix);
    }

    private void object(TarArchiveEntry entry) throws IOException {
        long place = stream.position();
        var key = entry.getName().substring(Members.OBJECTS.length());
        var digest = Digests.sha256();
        var content = new DigestInputStream(archive, digest);
        try {
            visitor.object(key, content);
            content.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (EOFException e) {
            throw new DamagedBackupException(entry.getName(), place, "the file ends here", e);
        } catch (IOException e) {
            if (stream.isAtEnd()) {
                throw new DamagedBackupException(entry.getName(), place, "the file ends here", e);
            }
            throw e;
        }
        var sha256 = Digests.hex(digest);
        require(entry, sha256, place);
        count(key, entry.getSize(), sha256);
    }

    private void references(TarArchiveEntry entry) throws IOException {
        if (!entry.getName().equals(Members.part(Members.REFERENCES, ++objects.members, ".tsv"))) {
            throw damaged("it is not the part that has to follow", null);
        }
        // a line may go on in the next part
        objects.text.append(
                new String(unpacked(whole(entry, 2 * Members.PART)), java.nio.charset.StandardCharsets.UTF_8));
        for (int end = objects.text.indexOf("\n"); end >= 0; end = objects.text.indexOf("\n")) {
            var fields = objects.text.substring(0, end).split("\t", -1);
            objects.text.delete(0, end + 1);
            if (fields.length != 3 || !fields[1].matches("[0-9]{1,18}")) {
                throw damaged("a line is not what was written", null);
            }
            visitor.reference(fields[0], Long.parseLong(fields[1]), fields[2]);
            count(fields[0], Long.parseLong(fields[1]), fields[2]);
        }
    }

    private void count(String key, long bytes, String sha256) {
        Digests.add(objects.digest, key, sha256);
        objects.count++;
        objects.bytes += bytes;
    }

    /** The checked content of a member that fits into memory. */
    private byte[] whole(TarArchiveEntry entry, int largest) throws IOException {
        long place = stream.position();
        if (entry.getSize() > largest) {
            throw damaged("it is larger than any that is written", null);
        }
        try {
            var content = archive.readNBytes((int) entry.getSize());
            if (content.length < entry.getSize()) {
                throw new DamagedBackupException(entry.getName(), place, "the file ends here", null);
            }
            require(entry, Digests.of(content), place);
            return content;
        } catch (IOException e) {
            throw new DamagedBackupException(
                    entry.getName(), place, stream.isAtEnd() ? "the file ends here" : "it cannot be read", e);
        }
    }

    private static void require(TarArchiveEntry entry, String sha256, long place) {
        if (!sha256.equals(entry.getExtraPaxHeader(Members.DIGEST))) {
            throw new DamagedBackupException(entry.getName(), place, "its SHA-256 is not what was written", null);
        }
    }

    private byte[] unpacked(byte[] content) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            var rows = gzip.readNBytes(Members.PART + 1);
            if (rows.length > Members.PART) {
                throw damaged("it is larger than any that is written", null);
            }
            return rows;
        } catch (IOException e) {
            throw damaged("it cannot be unpacked", e);
        }
    }

    /** Whether the members are those of which the end of the file speaks: none is missing, none is from elsewhere. */
    private void compare(BackupContents stated) {
        for (var table : Objects.requireNonNull(header).tables()) {
            var found = tables.getOrDefault(table.name(), new Tally());
            var held = new BackupContents.TableContent(found.count, found.bytes, Digests.hex(found.digest));
            if (!held.equals(stated.tables().get(table.name()))) {
                throw damaged("the parts of table " + table.name() + " are not all that were written", null);
            }
        }
        var held = new BackupContents.ObjectsContent(objects.count, objects.bytes, Digests.hex(objects.digest));
        if (!held.equals(stated.objects()) || !objects.text.isEmpty()) {
            throw damaged("the pictures and models are not all that were written", null);
        }
    }

    private DamagedBackupException damaged(String what, @Nullable Throwable cause) {
        return new DamagedBackupException(current, stream.position(), what, cause);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class Tally {
        private final MessageDigest digest = Digests.sha256();
        private final StringBuilder text = new StringBuilder();
        private int members;
        private long count;
        private long bytes;
    }
}
