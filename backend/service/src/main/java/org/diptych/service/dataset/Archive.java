package org.diptych.service.dataset;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.ParquetTable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files of a dataset, one after the other in one zip, and what the card has to say of them. */
final class Archive implements AutoCloseable {
    /** A row group less than the 500 MB that the hub advises for a file. */
    private static final long TABLE_FILE_BYTES = 450L << 20;

    private final ZipOutputStream zip;
    private final long tableFileBytes;
    private final List<DataFile> files = new ArrayList<>();
    private final @Nullable RowSample sample;
    private boolean pictures;

    Archive(OutputStream stream) {
        this(stream, TABLE_FILE_BYTES);
    }

    /** @param sample takes the first rows, for a preview */
    Archive(OutputStream stream, RowSample sample) {
        this(stream, TABLE_FILE_BYTES, sample);
    }

    /** @param tableFileBytes after which a table goes on in another file */
    Archive(OutputStream stream, long tableFileBytes) {
        this(stream, tableFileBytes, null);
    }

    private Archive(OutputStream stream, long tableFileBytes, @Nullable RowSample sample) {
        this.sample = sample;
        zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
        this.tableFileBytes = tableFileBytes;
    }

    /**
     * A file with rows.
     *
     * @param config part of the dataset with columns of its own
     * @param split {@code train}, {@code validation} or {@code test}
     * @param path in the archive
     * @param columns its columns; none where the format has no types
     * @param rows how many
     * @param bytes how long
     * @param sha256 of its bytes
     */
    record DataFile(String config, String split, String path, Columns columns, long rows, long bytes, String sha256) {}

    /** Writes rows to a table. */
    interface TableRows {
        void to(TableFiles table);
    }

    /** Writes rows of JSON; the answer is how many. */
    interface JsonRows {
        long to(JsonGenerator out);
    }

    /** Adds a table: a Parquet file, and more where it is large. */
    void table(String config, String split, Columns columns, boolean pictures, TableRows rows) {
        try (var table = new TableFiles(this, config, split, columns, pictures, tableFileBytes)) {
            rows.to(table);
        }
    }

    /** A row is added to a table. */
    void sees(String config, Columns columns, List<? extends @Nullable Object> row) {
        if (sample != null) {
            sample.row(config, columns, row);
        }
    }

    /** A Parquet file that is being written. */
    final class TableFile {
        private final Entry entry;
        private final ParquetTable table;

        TableFile(String path, Columns columns, boolean pictures) {
            try {
                entry = open(path, Deflater.BEST_SPEED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            table = new ParquetTable(entry, columns, pictures);
        }

        ParquetTable rows() {
            return table;
        }

        /** How much of it has left memory. */
        long bytes() {
            return table.bytes();
        }

        /** Completes it. */
        void end(String config, String split, String path, Columns columns) {
            try {
                table.close();
                entry.end();
                files.add(new DataFile(config, split, path, columns, table.rows(), entry.length, entry.sha256()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Adds a file of JSON values, one after the other. */
    void json(String config, String split, String path, JsonRows rows) {
        try (var entry = open(path, Deflater.DEFAULT_COMPRESSION)) {
            if (sample != null && sample.isOf(config)) {
                entry.head = sample.head();
            }
            long count;
            try (var out = JsonMapper.shared()
                    .writer()
                    .with(LineSeparators.ESCAPED)
                    .withRootValueSeparator("")
                    .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .createGenerator(entry)) {
                count = rows.to(out);
            }
            entry.end();
            files.add(new DataFile(config, split, path, new Columns(), count, entry.length, entry.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a small text. */
    void text(String path, String text) {
        bytes(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a picture beside the tables. */
    void picture(String path, byte[] bytes) {
        bytes(path, bytes);
        pictures = true;
    }

    /** Whether pictures lie beside the tables. */
    boolean hasPictures() {
        return pictures;
    }

    private void bytes(String path, byte[] bytes) {
        try (var entry = open(path, Deflater.NO_COMPRESSION)) {
            entry.write(bytes);
            entry.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many rows the files of the first table have, whichever part they are of. */
    long rows() {
        return files.stream()
                .filter(file -> file.config().equals(files.getFirst().config()))
                .mapToLong(DataFile::rows)
                .sum();
    }

    /** The files with rows, so far. */
    List<DataFile> files() {
        return List.copyOf(files);
    }

    private Entry open(String path, int level) throws IOException {
        zip.setLevel(level);
        zip.putNextEntry(new ZipEntry(path));
        return new Entry(zip);
    }

    /** Completes the archive; the stream stays open. */
    @Override
    public void close() {
        try {
            zip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts and digests what passes. */
    private static final class Entry extends FilterOutputStream {
        private final MessageDigest digest = Sha256.digest();
        private final ZipOutputStream zip;
        private long length;
        /** Keeps the first bytes, where somebody wants to see them. */
        private @Nullable HeadStream head;

        Entry(ZipOutputStream zip) {
            super(zip);
            this.zip = zip;
        }

        @Override
        public void write(int value) throws IOException {
            zip.write(value);
            digest.update((byte) value);
            length++;
            if (head != null) {
                head.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            zip.write(bytes, from, count);
            digest.update(bytes, from, count);
            length += count;
            if (head != null) {
                head.write(bytes, from, count);
            }
        }

        void end() throws IOException {
            zip.closeEntry();
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public void close() {
            // the next entry follows
        }
    }
}
