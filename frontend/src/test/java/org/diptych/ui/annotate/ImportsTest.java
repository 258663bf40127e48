package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The files of the browser code know each other in one direction, types included: any of them can be read alone. */
@NullUnmarked
class ImportsTest {
    private static final Path SOURCES = Path.of("src/main/ts");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\"(\\.[^\"]+?)(?:\\.js)?\"");

    @Test
    void no_file_imports_itself_by_way_of_others() throws IOException {
        assertThat(circlesOf(imports())).isEmpty();
    }

    @Test
    void a_circle_is_found_and_told() {
        var circle = Map.of("a", List.of("b"), "b", List.of("c", "d"), "c", List.<String>of(), "d", List.of("b"));

        assertThat(circlesOf(new TreeMap<>(circle))).containsExactly("b → d → b");
    }

    /** What every file imports of its own kind; paths without their ending. */
    private static Map<String, List<String>> imports() throws IOException {
        var imports = new TreeMap<String, List<String>>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".ts")).toList()) {
                var imported = IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(match -> nameOf(file.resolveSibling(match.group(1))))
                        .toList();
                imports.put(nameOf(file).replaceFirst("\\.ts$", ""), imported);
            }
        }
        return imports;
    }

    private static String nameOf(Path file) {
        return SOURCES.relativize(file.normalize()).toString();
    }

    /** Every circle that a walk from file to file comes upon. */
    private static List<String> circlesOf(Map<String, List<String>> imports) {
        var circles = new ArrayList<String>();
        var done = new ArrayList<String>();
        imports.keySet().forEach(file -> walk(file, imports, new ArrayList<>(), done, circles));
        return circles;
    }

    private static void walk(
            String file, Map<String, List<String>> imports, List<String> way, List<String> done, List<String> circles) {
        int before = way.indexOf(file);
        if (before >= 0) {
            circles.add(String.join(" → ", way.subList(before, way.size())) + " → " + file);
        } else if (!done.contains(file)) {
            way.add(file);
            imports.getOrDefault(file, List.of()).forEach(next -> walk(next, imports, way, done, circles));
            way.removeLast();
            done.add(file);
        }
    }
}
