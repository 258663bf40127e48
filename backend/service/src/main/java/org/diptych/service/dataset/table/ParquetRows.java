package org.diptych.service.dataset.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of a Parquet file from front to end, whoever wrote it. Pages are read as their rows are asked for, so memory is
 * that of one page and one dictionary of each column that is read, whatever the size of the file or of its row groups.
 * Many writers look at a page's size once in a thousand values only, so a page of large pictures may have hundreds of megabytes.
 */
public final class ParquetRows implements AutoCloseable {
    private static final int TAIL = 8;
    private static final int LARGEST_FOOTER = 1 << 28;

    private final FileChannel file;
    private final ParquetMetadata footer;
    private @Nullable MessageType wanted;
    private @Nullable RecordReader<Group> group;
    private int nextGroup;
    private long firstOfGroup;
    private long inGroup;
    private long row;

    private ParquetRows(FileChannel file, ParquetMetadata footer) {
        this.file = file;
        this.footer = footer;
    }

    /**
     * Opens a file.
     *
     * @throws UnreadableTableException when it is no whole Parquet file
     */
    public static ParquetRows open(Path path) throws IOException {
        var file = FileChannel.open(path);
        try {
            return new ParquetRows(file, footer(file));
        } catch (IOException | RuntimeException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    /** What a column holds, in words: {@code text}, {@code picture}, {@code list of picture}, … by its name, in order. */
    public Map<String, CellKind> columns() {
        var columns = new LinkedHashMap<String, CellKind>();
        for (var type : schema().getFields()) {
            columns.put(type.getName(), CellKind.of(type));
        }
        return columns;
    }

    /**
     * The words that the numbers of a column stand for, by its name, where the file says so as Hugging Face {@code datasets}
     * does.
     */
    public Map<String, List<String>> labels() {
        var labels = new LinkedHashMap<String, List<String>>();
        var features = footer.getFileMetaData().getKeyValueMetaData().get("huggingface");
        try {
            JsonMapper.shared()
                    .readTree(features == null ? "{}" : features)
                    .path("info")
                    .path("features")
                    .properties()
                    .forEach(feature -> {
                        var names = feature.getValue().path("names");
                        if (!names.isEmpty()) {
                            labels.put(
                                    feature.getKey(),
                                    names.valueStream()
                                            .map(name -> name.asString(""))
                                            .toList());
                        }
                    });
        } catch (JacksonException unreadable) {
            // another program's notes: the numbers stay numbers
        }
        return labels;
    }

    /** How many rows the file says it has. */
    public long count() {
        return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }

    /**
     * Chooses the columns to read; the others cost nothing.
     *
     * @throws UnreadableTableException when one of them is compressed in a way that is not known here
     */
    public void select(List<String> names) throws UnreadableTableException {
        var fields = names.stream().distinct().map(schema()::getType).toArray(Type[]::new);
        wanted = new MessageType(schema().getName(), fields);
        for (var block : footer.getBlocks()) {
            for (var column : block.getColumns()) {
                boolean read = wanted.containsField(column.getPath().toArray()[0]);
                if (read && !PageCompression.isKnown(column.getCodec())) {
                    throw PageCompression.unknown(column.getCodec());
                }
            }
        }
    }

    /**
     * A row.
     *
     * @param number from 0
     * @param values of the chosen columns that have one: text, numbers, truth values, bytes, {@link Feature.Picture.Encoded
     *     pictures} and lists of those
     */
    public record Row(long number, Map<String, Object> values) {}

    /**
     * The next row, or null at the end.
     *
     * @throws UnreadableTableException when the file is damaged there
     */
    public @Nullable Row next() throws IOException {
        while (row == firstOfGroup + inGroup) {
            if (!open()) {
                return null;
            }
        }
        try {
            var values = Cells.of(Objects.requireNonNull(group).read());
            return new Row(row++, values);
        } catch (UncheckedIOException damaged) {
            throw Objects.requireNonNull(damaged.getCause());
        } catch (OutOfMemoryError tooLarge) {
            throw ColumnPages.tooLarge(tooLarge);
        } catch (RuntimeException damaged) {
            throw new UnreadableTableException("cannot be decoded; is the file damaged?", damaged);
        }
    }

    /** Goes forward to a row. What lies before its row group is not looked at. */
    public void skipTo(long number) throws IOException {
        while (number >= firstOfGroup + inGroup
                && nextGroup < footer.getBlocks().size()) {
            firstOfGroup += inGroup;
            inGroup = footer.getBlocks().get(nextGroup++).getRowCount();
            row = firstOfGroup;
            group = null;
        }
        if (group == null && inGroup > 0) {
            group = reader(footer.getBlocks().get(nextGroup - 1));
        }
        while (row < number && next() != null) {
            // rows of one group can only be read one after the other
        }
    }

    private boolean open() throws UnreadableTableException {
        if (nextGroup == footer.getBlocks().size()) {
            return false;
        }
        var block = footer.getBlocks().get(nextGroup++);
        firstOfGroup += inGroup;
        inGroup = block.getRowCount();
        group = inGroup == 0 ? null : reader(block);
        return true;
    }

    private RecordReader<Group> reader(BlockMetaData block) throws UnreadableTableException {
        var read = Objects.requireNonNull(wanted, "no columns are chosen");
        try {
            return new ColumnIOFactory()
                    .getColumnIO(read, schema())
                    .getRecordReader(new Pages(file, block), new GroupRecordConverter(read));
        } catch (UncheckedIOException damaged) {
            throw new UnreadableTableException(
                    String.valueOf(Objects.requireNonNull(damaged.getCause()).getMessage()), damaged);
        } catch (OutOfMemoryError tooLarge) {
            throw ColumnPages.tooLarge(tooLarge);
        } catch (RuntimeException damaged) {
            throw new UnreadableTableException("cannot be decoded; is the file damaged?", damaged);
        }
    }

    private MessageType schema() {
        return footer.getFileMetaData().getSchema();
    }

    private static ParquetMetadata footer(FileChannel file) throws IOException {
        long size = file.size();
        if (size < TAIL + 4 || !magic(file, 0).equals("PAR1")) {
            throw new UnreadableTableException("it is no Parquet file: it does not begin with PAR1");
        }
        var end = magic(file, size - 4);
        if (end.equals("PARE")) {
            throw new UnreadableTableException("its footer is encrypted; write it without encryption");
        }
        if (!end.equals("PAR1")) {
            throw new UnreadableTableException("it is truncated: it does not end with PAR1; fetch or write it again");
        }
        int length = read(file, size - TAIL, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length <= 0 || length > Math.min(LARGEST_FOOTER, size - TAIL - 4)) {
            throw new UnreadableTableException("its footer cannot be " + length + " bytes long; is it damaged?");
        }
        try {
            var bytes = read(file, size - TAIL - length, length).array();
            return checked(
                    new ParquetMetadataConverter()
                            .readParquetMetadata(new ByteArrayInputStream(bytes), ParquetMetadataConverter.NO_FILTER),
                    size);
        } catch (UnreadableTableException damaged) {
            throw damaged;
        } catch (IOException | RuntimeException damaged) {
            throw new UnreadableTableException("its footer cannot be read; is it damaged?", damaged);
        }
    }

    private static ParquetMetadata checked(ParquetMetadata footer, long size) throws UnreadableTableException {
        for (var block : footer.getBlocks()) {
            for (var column : block.getColumns()) {
                if (column.getStartingPos() < 4
                        || column.getTotalSize() < 0
                        || column.getStartingPos() > size - column.getTotalSize()) {
                    throw new UnreadableTableException("a column lies behind its end; it is truncated or damaged");
                }
            }
        }
        return footer;
    }

    private static String magic(FileChannel file, long position) throws IOException {
        return new String(read(file, position, 4).array(), StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new UnreadableTableException("it ends too early; is it truncated?");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The columns of a row group. */
    private static final class Pages implements PageReadStore {
        private final FileChannel file;
        private final long rows;
        private final Map<List<String>, ColumnChunkMetaData> columns = new HashMap<>();

        Pages(FileChannel file, BlockMetaData block) {
            this.file = file;
            this.rows = block.getRowCount();
            for (var column : block.getColumns()) {
                columns.put(List.of(column.getPath().toArray()), column);
            }
        }

        @Override
        public PageReader getPageReader(ColumnDescriptor descriptor) {
            var column = columns.get(List.of(descriptor.getPath()));
            if (column == null) {
                throw new IllegalArgumentException("a row group has no column " + descriptor);
            }
            return new ColumnPages(file, column);
        }

        @Override
        public long getRowCount() {
            return rows;
        }
    }
}
