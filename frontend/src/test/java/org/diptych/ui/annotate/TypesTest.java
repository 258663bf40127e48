package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mvnpm.esbuild.install.WebDepsInstaller;
import io.mvnpm.esbuild.model.WebDependency;
import io.mvnpm.esbuild.model.WebDependency.WebDependencyType;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundler takes types away without looking at them; this looks. The compiler comes from a jar like every other
 * package of the browser code.
 */
class TypesTest {
    private static final String NPM_JARS = File.separator + "org" + File.separator + "mvnpm" + File.separator;
    private static final List<String> SOURCES = List.of("tsconfig.json", "src/main/ts", "src/test/ts");

    @Test
    void the_browser_code_passes_the_type_check(@TempDir Path folder) throws Exception {
        WebDepsInstaller.install(folder.resolve("node_modules"), packages());
        for (String source : SOURCES) {
            copy(Path.of(source), folder.resolve(source));
        }

        Process check = Node.start(folder, "node_modules/typescript/lib/tsc.js", "--project", ".");
        String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(complaints).isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private static List<WebDependency> packages() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains(NPM_JARS))
                .filter(jar -> !jar.contains("esbuild") && !jar.contains("deno"))
                .map(jar -> WebDependency.of(Path.of(jar), WebDependencyType.MVNPM))
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
