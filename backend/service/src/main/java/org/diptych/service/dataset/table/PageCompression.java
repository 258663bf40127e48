package org.diptych.service.dataset.table;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks pages of foreign files. The library's own codecs would bring all of Hadoop to life for it. */
final class PageCompression {
    private PageCompression() {}

    /** Whether pages of this kind can be unpacked. */
    static boolean isKnown(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /**
     * Unpacks a page.
     *
     * @param length of what comes out, bytes
     * @throws UnreadableTableException when it is not packed like this, or to another length
     */
    static byte[] unpack(CompressionCodecName codec, byte[] packed, int length) throws UnreadableTableException {
        if (length == 0) {
            // a page of nulls alone; some writers say that even its nothing is compressed
            return new byte[0];
        }
        try {
            return switch (codec) {
                case UNCOMPRESSED -> whole(packed, length);
                case ZSTD -> zstd(packed, length);
                case SNAPPY -> whole(new SnappyCompressorInputStream(new ByteArrayInputStream(packed)), length);
                case LZ4_RAW -> whole(new BlockLZ4CompressorInputStream(new ByteArrayInputStream(packed)), length);
                case GZIP -> whole(new GZIPInputStream(new ByteArrayInputStream(packed)), length);
                case LZO, BROTLI, LZ4 -> throw unknown(codec);
            };
        } catch (UnreadableTableException named) {
            throw named;
        } catch (IOException | RuntimeException damaged) {
            throw new UnreadableTableException("a page cannot be unpacked (" + codec + "); is it damaged?", damaged);
        }
    }

    static UnreadableTableException unknown(CompressionCodecName codec) {
        return new UnreadableTableException(
                "its columns are compressed with " + codec + ", which is not read here; write it with zstd or snappy");
    }

    private static byte[] zstd(byte[] packed, int length) throws UnreadableTableException, MalformedInputException {
        byte[] page = new byte[length];
        int unpacked = new ZstdDecompressor().decompress(packed, 0, packed.length, page, 0, length);
        if (unpacked != length) {
            throw wrongLength();
        }
        return page;
    }

    private static byte[] whole(InputStream unpacking, int length) throws IOException {
        try (unpacking) {
            byte[] page = unpacking.readNBytes(length);
            if (unpacking.read() >= 0) {
                throw wrongLength();
            }
            return whole(page, length);
        }
    }

    private static byte[] whole(byte[] page, int length) throws UnreadableTableException {
        if (page.length != length) {
            throw wrongLength();
        }
        return page;
    }

    private static UnreadableTableException wrongLength() {
        return new UnreadableTableException("a page has not the length that the file says; is it damaged?");
    }
}
