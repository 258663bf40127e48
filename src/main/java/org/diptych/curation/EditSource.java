package org.diptych.curation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongPredicate;

/** A file with edits, read from front to end as often as needed. */
public sealed interface EditSource extends AutoCloseable permits ManifestEdits, TableEdits {
    /** Largest picture that is read, bytes. */
    int LARGEST_PICTURE = 50_000_000;

    /** The file as it was given. */
    Path file();

    /** Which field of the file is what, for people; empty where that is fixed. */
    String mapping();

    /**
     * Reads rows.
     *
     * @param wanted tells of a row's number whether it is of interest; the pictures of others are not looked at
     * @throws IOException when the file itself cannot be read on; the message names the row
     */
    void read(LongPredicate wanted, Visitor visitor) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** SHA-256 of the file with what it is read as, lower-case hexadecimal. */
    default String digest() throws IOException {
        try (InputStream stream = Files.newInputStream(file())) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(stream, digest).transferTo(OutputStream.nullOutputStream());
            digest.update(mapping().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hears what is in a file, in its order. A row is an item, or faults, or an item with faults before it. */
    interface Visitor {
        /** A row that can be read, with those of its edits that can. */
        void item(EditItem item) throws IOException, InterruptedException;

        /** Something that cannot. */
        void fault(EditItem.Fault fault) throws IOException;
    }
}
