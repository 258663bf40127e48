package org.diptych.service.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.image.TestImages;
import org.jspecify.annotations.Nullable;

/** A manifest in the making, with its pictures. */
public final class TestManifest {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private int pictures;

    /** Adds a good item with pictures of its own. */
    public TestManifest item(String id, int candidates) {
        return item(id, candidates, null);
    }

    /** Adds a good item of which something is known. */
    public TestManifest item(String id, int candidates, @Nullable String known) {
        var source = file("images/" + id + "-source.jpg", TestImages.jpeg(40, 30, pictures++));
        var list = new ArrayList<String>();
        for (var index = 0; index < candidates; index++) {
            var path = file("images/" + id + "-" + index + ".png", TestImages.png(40, 30, pictures++));
            list.add("{\"model\": \"editor-%d\", \"image\": \"%s\", \"seed\": %d}".formatted(index, path, index));
        }
        return line(
                "{\"id\": \"%s\", \"instruction\": \"Make it red.\", \"source\": \"%s\", \"category\": \"Color\", \"candidates\": [%s]%s}"
                        .formatted(id, source, String.join(", ", list), known == null ? "" : ", \"known\": " + known));
    }

    /** Adds an item whose second candidate is the given file. */
    public TestManifest itemWith(String id, String path, byte[] content) {
        file(path, content);
        return itemNaming(id, path);
    }

    /** Adds an item whose second candidate is the given path, with or without a file there. */
    public TestManifest itemNaming(String id, String path) {
        var source = file("images/source.png", TestImages.png(40, 30, 0));
        var edit = file("images/edit.png", TestImages.png(40, 30, 1));
        return line("""
                {"id": "%s", "instruction": "Make it red.", "source": "%s", "candidates": [\
                {"model": "a", "image": "%s"}, {"model": "b", "image": "%s"}]}""".formatted(id, source, edit, path));
    }

    /** Gives the item another id, and nothing else. */
    public TestManifest renamed(String id, String other) {
        lines.replaceAll(line -> line.replace("{\"id\": \"" + id + "\"", "{\"id\": \"" + other + "\""));
        return this;
    }

    /** Adds a line as it is. */
    public TestManifest line(String line) {
        lines.add(line);
        return this;
    }

    /** Adds a file. */
    public String file(String path, byte[] content) {
        files.put(path, content);
        return path;
    }

    byte[] text() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** All of it in an archive, under the given folder (empty, or ending in a slash). */
    public byte[] zip(String folder) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(folder + "manifest.jsonl"));
            zip.write(text());
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(folder + file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** All of it in a folder. */
    public Path folder(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Files.write(folder.resolve("manifest.jsonl"), text());
        return folder;
    }
}
