package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the jar that people get. */
class BuiltJarTest {
    private static final Path JAR = Path.of(System.getProperty("diptych.jar"));

    @Test
    void it_is_smaller_than_280_megabytes() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(280_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "onnxruntime-, ai/onnxruntime/native/, ai/onnxruntime/OrtSession.class",
        "tokenizers-, native/lib/, native/lib/tokenizers.properties",
        "pytorch-jni-, jnilib/, jnilib/pytorch.properties",
        "jna-, com/sun/jna/, com/sun/jna/Native.class"
    })
    void a_library_brings_native_parts_of_one_platform_and_all_the_rest(
            String library, String natives, String otherPart) throws IOException {
        List<String> files = files(library);

        assertThat(files.stream()
                        .filter(file -> file.startsWith(natives) && file.matches(".*\\.(so|dll|dylib|jnilib|a|pdb)"))
                        .map(file -> file.substring(natives.length()).split("/")[0])
                        .distinct())
                .hasSize(1);
        assertThat(files).contains(otherPart).noneMatch(file -> file.endsWith(".pdb") || file.contains(".dSYM/"));
    }

    @Test
    void it_says_whose_work_it_brings_and_under_which_licences() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            String notice = read(jar, "META-INF/THIRD-PARTY.txt");
            assertThat(notice).contains("com.microsoft.onnxruntime:onnxruntime", "MIT", "PostgreSQL License");
            assertThat(read(jar, "META-INF/LICENSE")).contains("Apache License");
            jar.stream()
                    .map(entry -> entry.getName().replaceFirst(".*/", ""))
                    .filter(name -> name.matches("spring-.*\\.jar"))
                    .forEach(name -> assertThat(notice).as(name).contains(":" + name.replaceFirst("-\\d.*", "") + ":"));
        }
    }

    /** A cache of the start forgets seals, and the virtual machine then refuses the rest of the package (JDK 25). */
    @Test
    void no_library_is_sealed() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            List<String> sealed = new ArrayList<>();
            for (ZipEntry nested : jar.stream()
                    .filter(entry -> entry.getName().endsWith(".jar"))
                    .toList()) {
                try (var library = new JarInputStream(jar.getInputStream(nested))) {
                    var manifest = library.getManifest();
                    if (manifest != null
                            && "true".equals(manifest.getMainAttributes().getValue(Attributes.Name.SEALED))) {
                        sealed.add(nested.getName());
                    }
                }
            }
            assertThat(sealed).isEmpty();
        }
    }

    private static List<String> files(String library) throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            ZipEntry nested = jar.stream()
                    .filter(entry -> entry.getName().matches("BOOT-INF/lib/" + library + "\\d.*\\.jar"))
                    .findAny()
                    .orElseThrow();
            List<String> files = new ArrayList<>();
            try (var entries = new ZipInputStream(jar.getInputStream(nested))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (!entry.isDirectory()) {
                        files.add(entry.getName());
                    }
                }
            }
            return files;
        }
    }

    private static String read(JarFile jar, String file) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(file))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
