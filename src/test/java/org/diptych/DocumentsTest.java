package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the documents name is there: a page about the house is worth something only as long as it is true. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z+]*:.*");

    private static List<String> files;
    private static String tables;

    @BeforeAll
    static void list() throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            files = walk.map(path -> ROOT.relativize(path).toString())
                    .filter(path -> !path.matches("(.*/)?(\\.git|target|node_modules)(/.*)?"))
                    .toList();
        }
        try (Stream<Path> migrations = Files.list(ROOT.resolve("migrations"))) {
            var text = new StringBuilder();
            for (Path migration :
                    migrations.filter(path -> path.toString().endsWith(".sql")).toList()) {
                text.append(Files.readString(migration));
            }
            tables = text.toString();
        }
    }

    @Test
    void the_page_about_the_house_names_what_exists() throws IOException {
        List<String> names = CODE.matcher(Files.readString(ROOT.resolve("src/docs/house.md")))
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
        assertThat(names).hasSizeGreaterThan(30).allMatch(DocumentsTest::exists, "exists");
    }

    @Test
    void the_tests_that_hold_what_is_promised_about_security_exist() throws IOException {
        assertThat(CODE.matcher(Files.readString(ROOT.resolve("src/docs/security.md")))
                        .results()
                        .map(name -> name.group(1))
                        .filter(name -> name.matches("[A-Z]\\w+(IT|Test)"))
                        .distinct())
                .hasSizeGreaterThan(20)
                .allMatch(DocumentsTest::exists, "exists");
    }

    @Test
    void links_of_the_documents_lead_somewhere() throws IOException {
        for (String document : files.stream()
                .filter(path -> path.matches("README\\.md|src/docs/.*\\.md|protocol/.*\\.md"))
                .toList()) {
            Path folder = ROOT.resolve(document).resolveSibling("");
            assertThat(LINK.matcher(Files.readString(ROOT.resolve(document)))
                            .results()
                            .map((MatchResult link) -> link.group(1))
                            .filter(link -> !ADDRESS.matcher(link).matches()))
                    .as(document)
                    .allMatch(link -> Files.exists(folder.resolve(link)), "leads somewhere");
        }
    }

    /** A type, a file or folder by the end of its path, a package, a table, an address of the interface, an end of class names. */
    private static boolean exists(String name) {
        if (name.matches("[A-Z]\\w+")) {
            return files.stream().anyMatch(path -> path.matches("(.*/)?(main|test)/.*" + name + "(\\.java)?"));
        }
        if (name.startsWith("org.diptych")) {
            return files.stream().anyMatch(path -> path.endsWith("java/" + name.replace('.', '/')));
        }
        if (name.startsWith("/api/")) {
            return Stream.of("service", "reward").anyMatch(module -> mentions(module, '"' + name));
        }
        return files.stream().anyMatch(path -> path.equals(name) || path.endsWith("/" + name))
                || tables.contains("CREATE TABLE " + name + " ");
    }

    private static boolean mentions(String module, String text) {
        return files.stream()
                .filter(path -> path.startsWith("backend/" + module + "/src/main/java/") && path.endsWith(".java"))
                .anyMatch(path -> {
                    try {
                        return Files.readString(ROOT.resolve(path)).contains(text);
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                });
    }
}
