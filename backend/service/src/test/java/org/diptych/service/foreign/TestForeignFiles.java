package org.diptych.service.foreign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.image.TestImages;

/** Files of other tools, small and as those tools write them, with three pictures beside them. */
public final class TestForeignFiles {
    static final String TASK = """
            "data": {"prompt": "Make it red.", "source": "p/source.png", "image_a": "p/a.png", "image_b": "p/b.png",
              "model_a": "alpha", "model_b": "beta", "photographer": "Zoé"}""";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    TestForeignFiles() {
        with("p/source.png", TestImages.png(40, 30, 0));
        with("p/a.png", TestImages.png(40, 30, 1));
        with("p/b.png", TestImages.png(40, 30, 2));
    }

    /** One task that two people have answered, one of them for the right edit. */
    public static TestForeignFiles labelStudio() {
        return new TestForeignFiles().with("tasks.json", """
                [{"id": 7, %s, "annotations": [
                  {"id": 71, "completed_by": 3, "was_cancelled": false, "created_at": "2024-05-01T10:00:00.123456Z",
                   "lead_time": 12.5, "result": [{"from_name": "cmp", "to_name": "cmp", "type": "pairwise",
                   "value": {"selected": "right"}}]},
                  {"id": 72, "completed_by": {"id": 4, "email": "li@lab.org"}, "was_cancelled": false,
                   "created_at": "2024-05-01T11:00:00Z", "lead_time": 3, "result": [{"from_name": "undecided",
                   "to_name": "source", "type": "choices", "value": {"choices": ["tie"]}}]}]}]""".formatted(TASK));
    }

    TestForeignFiles with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    TestForeignFiles with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestForeignFiles without(String name) {
        files.remove(name);
        return this;
    }

    byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    /** All of them in a zip archive. */
    public byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    InputStream stream() {
        return new ByteArrayInputStream(zip());
    }
}
