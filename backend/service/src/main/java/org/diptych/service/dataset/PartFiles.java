package org.diptych.service.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plain file in parts that share no source: one file a part, in one zip, with what the columns hold where there is a
 * schema, and {@code split.json} at its end, which names the parts: an archive without it is not complete.
 */
final class PartFiles {
    /** What is written last. */
    static final String LAST = "split.json";

    private PartFiles() {}

    /** Writes the rows of one part. */
    interface Part {
        Written to(String part, JsonGenerator out);
    }

    static Written write(ExportFormat format, Split split, OutputStream stream, Part rows) {
        try (var archive = new Archive(stream)) {
            var all = new Written[] {new Written(0, 0)};
            for (var part : split.parts()) {
                archive.json(format.word(), part, format.fileName(part), out -> {
                    var written = rows.to(part, out);
                    all[0] = all[0].and(written);
                    return written.rows();
                });
            }
            if (format == ExportFormat.JSONL) {
                archive.text("labels.schema.json", schema());
            }
            archive.text(LAST, JsonMapper.shared().writeValueAsString(contents(split, archive)));
            return all[0];
        }
    }

    private static Map<String, Object> contents(Split split, Archive archive) {
        var contents = new LinkedHashMap<String, Object>();
        contents.put("split", split.words());
        contents.put(
                "parts",
                archive.files().stream()
                        .map(file -> Map.of(
                                "part", file.split(),
                                "file", file.path(),
                                "rows", file.rows(),
                                "bytes", file.bytes(),
                                "sha256", file.sha256()))
                        .toList());
        return contents;
    }

    private static String schema() {
        try (var text = PartFiles.class.getResourceAsStream("labels.schema.json")) {
            return new String(text == null ? new byte[0] : text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
