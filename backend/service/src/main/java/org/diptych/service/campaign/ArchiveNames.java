package org.diptych.service.campaign;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of an archive by the names that a manifest uses. Programs write names in UTF-8 or in the code page of
 * their system, with composed or decomposed characters, with slashes or backslashes.
 */
final class ArchiveNames {
    /** What the ZIP format prescribes where a name is not marked as UTF-8. */
    private static final Charset PRESCRIBED = Charset.forName("IBM437");

    /** What programs write instead. */
    private static final List<Charset> OTHERS = Stream.of(
                    "IBM850", "windows-1252", "windows-1251", "IBM866", "GBK", "Big5", "windows-31j", "x-windows-949")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    /** In Shift-JIS, GBK and Big5 a backslash may be the second half of a character, as of 表, 乗 and 功. */
    private static final Pattern HALF = Pattern.compile("(?<=[\u0080-\u00ff])\\\\");
    /** What stands for it, above all bytes. */
    private static final String KEPT = "\u0100";

    private final String folder;
    private final Index exact = new Index();
    private final Index composed = new Index();
    /** Names that may be in a code page; a character is a byte. */
    private final Index coded = new Index();

    /** @param folder that paths are relative to, as {@link #raw} has it; empty, or ending in a slash */
    ArchiveNames(String folder) {
        this.folder = folder;
    }

    /**
     * The name without {@code ./}, a character for each of its bytes; empty when no manifest could name the file. In a
     * name with slashes that is not in UTF-8, a backslash that may be half of a character separates nothing.
     */
    static String raw(ZipArchiveEntry entry) {
        var name = new String(entry.getRawName(), StandardCharsets.ISO_8859_1);
        return name.indexOf('/') < 0 || utf8(entry.getRawName()) != null
                ? slashed(name)
                : slashed(HALF.matcher(name).replaceAll(KEPT)).replace(KEPT, "\\");
    }

    private static String slashed(String name) {
        return ManifestPath.normalise(name).orElse("");
    }

    void add(ZipArchiveEntry entry) {
        var raw = raw(entry);
        if (raw.isEmpty() || !raw.startsWith(folder) || entry.isDirectory()) {
            return;
        }
        var relative = raw.substring(folder.length());
        var name = unicodeName(entry);
        if (name == null) {
            name = utf8(relative.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (name != null) {
            exact.add(name, entry);
            if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
                composed.add(composed(name), entry);
            }
        }
        if (!entry.getGeneralPurposeBit().usesUTF8ForNames() && !isAscii(relative)) {
            coded.add(slashed(relative), entry);
        }
    }

    /** The file that a path means; null when there is none. */
    @Nullable
    ZipArchiveEntry find(String path) throws UnreadableFileException {
        var found = exact.get(path, path);
        if (found == null && !isAscii(path)) {
            var name = composed(path);
            found = exact.get(name, path);
            found = found == null ? composed.get(name, path) : found;
            found = found == null ? inCodePage(name, path) : found;
        }
        return found;
    }

    private @Nullable ZipArchiveEntry inCodePage(String name, String path) throws UnreadableFileException {
        var prescribed = in(PRESCRIBED, name, path);
        if (prescribed != null) {
            return prescribed;
        }
        var found = new LinkedHashSet<ZipArchiveEntry>();
        for (var charset : OTHERS) {
            var entry = in(charset, name, path);
            if (entry != null) {
                found.add(entry);
            }
        }
        if (found.size() > 1) {
            throw several(path);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private @Nullable ZipArchiveEntry in(Charset charset, String name, String path) throws UnreadableFileException {
        try {
            var bytes = charset.newEncoder().encode(CharBuffer.wrap(name));
            return coded.get(slashed(StandardCharsets.ISO_8859_1.decode(bytes).toString()), path);
        } catch (CharacterCodingException notOfThisPage) {
            return null;
        }
    }

    /** The name in the field that some programs add for it, if it is about this name. */
    private @Nullable String unicodeName(ZipArchiveEntry entry) {
        if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField field) {
            var checksum = new CRC32();
            checksum.update(entry.getRawName());
            var name = utf8(field.getUnicodeName());
            if (name != null && checksum.getValue() == field.getNameCRC32()) {
                var path = slashed(name);
                return folder.isEmpty() ? path : path.substring(path.indexOf('/') + 1);
            }
        }
        return null;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 128);
    }

    private static UnreadableFileException several(String path) {
        return new UnreadableFileException(
                "the archive has several files that may be " + path + "; make an archive in which it is there once");
    }

    /** Files by name. The same file twice is one. */
    private static final class Index {
        private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
        private final Set<String> ambiguous = new HashSet<>();

        void add(String name, ZipArchiveEntry entry) {
            var other = entries.putIfAbsent(name, entry);
            if (other != null && (other.getCrc() != entry.getCrc() || other.getSize() != entry.getSize())) {
                ambiguous.add(name);
            }
        }

        @Nullable
        ZipArchiveEntry get(String name, String path) throws UnreadableFileException {
            if (ambiguous.contains(name)) {
                throw several(path);
            }
            return entries.get(name);
        }
    }
}
