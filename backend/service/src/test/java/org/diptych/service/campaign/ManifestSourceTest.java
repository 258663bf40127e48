package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.service.image.TestImages;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSourceTest {
    @TempDir
    private Path folder;

    @Test
    void a_folder_is_read_by_its_name_or_by_its_manifest() throws Exception {
        Files.writeString(folder.resolve("manifest.jsonl"), "usual");
        Files.writeString(folder.resolve("other.jsonl"), "other");
        Files.write(folder.resolve("a.png"), new byte[] {1, 2});

        try (var usual = ManifestSource.folder(folder);
                var other = ManifestSource.folder(folder.resolve("other.jsonl"))) {
            assertThat(usual.manifest()).hasContent("usual");
            assertThat(other.manifest()).hasContent("other");
            assertThat(other.read("a.png", 2)).containsExactly(1, 2);
            assertThatThrownBy(() -> other.read("a.png", 1)).hasMessageContaining("more than 1 bytes");
            assertThatThrownBy(() -> other.read("b.png", 1)).hasMessageContaining("no file b.png");
            assertThatThrownBy(() -> other.read("\0", 1)).isInstanceOf(UnreadableFileException.class);
        }
    }

    @Test
    void a_folder_without_a_manifest_is_refused() {
        assertThatThrownBy(() -> ManifestSource.folder(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("manifest.jsonl");
    }

    @Test
    void a_folder_of_the_class_path_is_read() throws Exception {
        try (var source = ManifestSource.classPath("org/diptych/service/image")) {
            assertThat(source.read("lossy.webp", 10_000)).isEqualTo(TestImages.webp("lossy"));
            assertThatThrownBy(() -> source.read("nothing.webp", 10_000)).hasMessageContaining("nothing.webp");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.png,a.png",
        "./images//a.png,images/a.png",
        "images/./b..png,images/b..png",
        "a\\b.png,a/b.png",
        "10:30.png,10:30.png"
    })
    void paths_are_normalised(String path, String normal) {
        assertThat(ManifestPath.normalise(path)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "/",
                "/a.png",
                "../a.png",
                "a/../../b.png",
                "a/..",
                "C:/a.png",
                "..\\a.png",
                "\\a.png",
                "https://a.org/b.png"
            })
    void paths_that_are_not_inside_are_refused(String path) {
        assertThat(ManifestPath.normalise(path)).isEmpty();
    }
}
