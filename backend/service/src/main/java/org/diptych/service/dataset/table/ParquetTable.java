package org.diptych.service.dataset.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table as one Parquet file, written from front to end: rows are gathered to a row group of bounded size, never more.
 *
 * <p>The footer holds the features under the key {@code huggingface}; page indexes let a viewer read single pages. Pages are
 * not compressed: pictures are already, and what lies beside them is small.
 */
public final class ParquetTable implements AutoCloseable {
    /** Rows of a group at most: what the hub's viewer uses for tables with pictures. */
    private static final int GROUP_ROWS_WITH_PICTURES = 100;

    private static final int GROUP_ROWS = 100_000;
    private static final long GROUP_BYTES = 32L << 20;
    private static final int PAGE_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final ParquetWriter<List<?>> writer;
    /** Headers and footers are written byte by byte, and there are many: what follows would digest and deflate each alone. */
    private final OutputStream buffer;

    private final Target target;
    private long rows;

    /**
     * A table that goes to the stream, which stays open.
     *
     * @param pictures whether rows hold pictures
     */
    public ParquetTable(OutputStream stream, Columns columns, boolean pictures) {
        buffer = new BufferedOutputStream(stream, BUFFER_BYTES);
        target = new Target(buffer);
        try {
            var rows = new Rows(target, columns);
            // a picture is never there often enough in a row group to be worth looking for
            columns.bare().forEach(path -> rows.withDictionaryEncoding(path, false));
            writer = rows.withConf(new PlainParquetConfiguration())
                    .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                    .withCodecFactory(new Uncompressed())
                    .withRowGroupSize(GROUP_BYTES)
                    .withRowGroupRowCountLimit(pictures ? GROUP_ROWS_WITH_PICTURES : GROUP_ROWS)
                    .withPageSize(PAGE_BYTES)
                    .withMinRowCountForPageSizeCheck(pictures ? 1 : 100)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a row: one value or null for each column. */
    public void add(List<? extends @Nullable Object> row) {
        try {
            writer.write(row);
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many rows it has. */
    public long rows() {
        return rows;
    }

    /** How many bytes of it were written; rows of the group that is being gathered are not among them. */
    public long bytes() {
        return target.position;
    }

    @Override
    public void close() {
        try {
            writer.close();
            buffer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Rows extends ParquetWriter.Builder<List<?>, Rows> {
        private final Columns columns;

        Rows(OutputFile file, Columns columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Rows self() {
            return this;
        }

        @Override
        protected WriteSupport<List<?>> getWriteSupport(Configuration configuration) {
            return new Support(columns);
        }

        @Override
        protected WriteSupport<List<?>> getWriteSupport(ParquetConfiguration configuration) {
            return new Support(columns);
        }
    }

    private static final class Support extends WriteSupport<List<?>> {
        private final Columns columns;
        private @Nullable RecordConsumer out;

        Support(Columns columns) {
            this.columns = columns;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return context();
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return context();
        }

        private WriteContext context() {
            var features = Map.of("info", Map.of("features", columns.json()));
            return new WriteContext(
                    columns.schema(), Map.of("huggingface", JsonMapper.shared().writeValueAsString(features)));
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(List<?> row) {
            var consumer = Objects.requireNonNull(out);
            consumer.startMessage();
            columns.write(consumer, row);
            consumer.endMessage();
        }
    }

    /** A stream that knows how far it is. */
    private static final class Target implements OutputFile {
        private final OutputStream stream;
        private long position;

        Target(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int value) throws IOException {
                    stream.write(value);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    stream.write(bytes, from, length);
                    position += length;
                }

                @Override
                public void flush() throws IOException {
                    stream.flush();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
