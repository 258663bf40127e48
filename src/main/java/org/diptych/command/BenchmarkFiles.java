package org.diptych.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.text.Sha256;

/** Which files a result is of: their names and digests. */
final class BenchmarkFiles {
    private BenchmarkFiles() {}

    static List<Map<String, Object>> json(List<Path> files) throws IOException {
        var list = new ArrayList<Map<String, Object>>();
        for (var file : files) {
            list.add(file(file));
        }
        return list;
    }

    static Map<String, Object> file(Path file) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", String.valueOf(file.getFileName()));
        line.put("sha256", sha256(file));
        return line;
    }

    private static String sha256(Path file) throws IOException {
        var digest = Sha256.digest();
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
