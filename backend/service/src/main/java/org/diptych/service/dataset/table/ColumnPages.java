package org.diptych.service.dataset.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group, read from the file as they are asked for: never more than one is held. */
final class ColumnPages implements PageReader {
    private static final int BUFFER = 1 << 16;
    /**
     * The longest array. Pages are meant to have about 1 MB, but writers that look at the size after a thousand values only
     * (pyarrow, arrow-rs) make pages of a thousand pictures.
     */
    private static final int LARGEST_PAGE = Integer.MAX_VALUE - 8;

    private final ColumnChunkMetaData column;
    private final InputStream bytes;
    private long read;
    private @Nullable PageHeader ahead;

    ColumnPages(FileChannel file, ColumnChunkMetaData column) {
        this.column = column;
        this.bytes = new BufferedInputStream(new Section(file, column.getStartingPos(), column.getTotalSize()), BUFFER);
    }

    @Override
    public long getTotalValueCount() {
        return column.getValueCount();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            var header = header();
            if (header.type != PageType.DICTIONARY_PAGE) {
                ahead = header;
                return null;
            }
            var dictionary = header.getDictionary_page_header();
            byte[] page = PageCompression.unpack(column.getCodec(), payload(header), length(header));
            return new DictionaryPage(
                    BytesInput.from(page), dictionary.num_values, Encoding.valueOf(dictionary.encoding.name()));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (read < column.getValueCount()) {
                var header = header();
                if (header.type == PageType.DATA_PAGE) {
                    return first(header, header.getData_page_header());
                }
                if (header.type == PageType.DATA_PAGE_V2) {
                    return second(header, header.getData_page_header_v2());
                }
                payload(header);
            }
            return null;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private DataPage first(PageHeader header, DataPageHeader data) throws IOException {
        read += counted(data.num_values);
        byte[] page = PageCompression.unpack(column.getCodec(), payload(header), length(header));
        return new DataPageV1(
                BytesInput.from(page),
                data.num_values,
                page.length,
                none(),
                Encoding.valueOf(data.repetition_level_encoding.name()),
                Encoding.valueOf(data.definition_level_encoding.name()),
                Encoding.valueOf(data.encoding.name()));
    }

    /** Levels lie in front, never compressed. */
    private DataPage second(PageHeader header, DataPageHeaderV2 data) throws IOException {
        read += counted(data.num_values);
        byte[] page = payload(header);
        int repetitions = data.repetition_levels_byte_length;
        int definitions = data.definition_levels_byte_length;
        int levels = repetitions + definitions;
        if (repetitions < 0 || definitions < 0 || levels > page.length || levels > length(header)) {
            throw damaged();
        }
        byte[] packed = Arrays.copyOfRange(page, levels, page.length);
        boolean plain = data.isSetIs_compressed() && !data.is_compressed;
        byte[] values = PageCompression.unpack(
                plain ? CompressionCodecName.UNCOMPRESSED : column.getCodec(), packed, length(header) - levels);
        return DataPageV2.uncompressed(
                data.num_rows,
                data.num_nulls,
                data.num_values,
                BytesInput.from(page, 0, repetitions),
                BytesInput.from(page, repetitions, definitions),
                Encoding.valueOf(data.encoding.name()),
                BytesInput.from(values),
                none());
    }

    private Statistics<?> none() {
        return Statistics.createStats(column.getPrimitiveType());
    }

    private PageHeader header() throws IOException {
        var header = ahead;
        ahead = null;
        try {
            return header == null ? Util.readPageHeader(bytes) : header;
        } catch (IOException | RuntimeException unreadable) {
            throw new UnreadableTableException("a page's header cannot be read; is the file damaged?", unreadable);
        }
    }

    private static int length(PageHeader header) throws UnreadableTableException {
        if (header.uncompressed_page_size < 0 || header.uncompressed_page_size > LARGEST_PAGE) {
            throw new UnreadableTableException(
                    "a page cannot unpack to " + header.uncompressed_page_size + " bytes; is the file damaged?");
        }
        return header.uncompressed_page_size;
    }

    /** For pages that are whole and too much. */
    static UnreadableTableException tooLarge(OutOfMemoryError cause) {
        return new UnreadableTableException(
                "a page of it does not fit into memory ("
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB); give Java more with -Xmx, or write the table anew with smaller pages (pyarrow:"
                        + " write_batch_size=16, row_group_size=100)",
                cause);
    }

    private byte[] payload(PageHeader header) throws IOException {
        if (header.compressed_page_size < 0 || header.compressed_page_size > column.getTotalSize()) {
            throw damaged();
        }
        byte[] page = new byte[header.compressed_page_size];
        if (bytes.readNBytes(page, 0, page.length) != page.length) {
            throw damaged();
        }
        return page;
    }

    private static int counted(int values) throws UnreadableTableException {
        if (values < 0) {
            throw damaged();
        }
        return values;
    }

    private static UnreadableTableException damaged() {
        return new UnreadableTableException("a page ends behind its column; is the file damaged?");
    }

    /** A part of a file; several are read at a time. */
    private static final class Section extends InputStream {
        private final FileChannel file;
        private final long end;
        private long position;

        Section(FileChannel file, long start, long length) {
            this.file = file;
            this.position = start;
            this.end = start + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int part = (int) Math.min(length, end - position);
            int count = file.read(ByteBuffer.wrap(target, from, part), position);
            position += Math.max(0, count);
            return count;
        }
    }
}
