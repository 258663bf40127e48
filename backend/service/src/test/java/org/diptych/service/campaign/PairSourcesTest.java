package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs from folders of the server. */
class PairSourcesTest {
    private static final ImportLimits LIMITS = new ImportLimits(1_000, 10, 1_000, 10, 10, 1_000, 4, 1000, 10);

    @Test
    void folders_below_the_permitted_one_are_offered_and_nothing_outside_is_read(@TempDir Path folder)
            throws IOException {
        var permitted = Files.createDirectories(folder.resolve("permitted"));
        for (var place : new String[] {"permitted/wave", "secret"}) {
            Files.writeString(Files.createDirectories(folder.resolve(place)).resolve(ManifestSource.MANIFEST), "{}");
        }
        Files.createSymbolicLink(permitted.resolve("link"), folder.resolve("secret"));
        var sources = new PairSources(LIMITS, permitted.toString());

        assertThat(sources.folders()).containsExactly("wave");
        sources.folder("wave").close();
        for (var outside :
                new String[] {"../secret", "link", folder.resolve("secret").toString(), "none", "a\0b"}) {
            assertThatThrownBy(() -> sources.folder(outside))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_folder"));
        }
    }

    @Test
    void the_permitted_folder_may_be_a_link_but_no_manifest_may_lead_out_of_it(@TempDir Path folder)
            throws IOException {
        var real = Files.createDirectories(folder.resolve("real"));
        var deep = Files.createDirectories(real.resolve("a/b/c"));
        var outside = Files.writeString(folder.resolve("outside.jsonl"), "{}");
        var inside = Files.writeString(deep.resolve(ManifestSource.MANIFEST), "{}");
        var leaving = Files.createDirectories(real.resolve("leaving"));
        var staying = Files.createDirectories(real.resolve("staying"));
        Files.createSymbolicLink(leaving.resolve(ManifestSource.MANIFEST), outside);
        Files.createSymbolicLink(staying.resolve(ManifestSource.MANIFEST), inside);
        var sources = new PairSources(
                LIMITS, Files.createSymbolicLink(folder.resolve("link"), real).toString());

        assertThat(sources.folders()).containsExactly("a/b/c");
        try (var source = sources.folder("staying");
                var manifest = source.manifest()) {
            assertThat(manifest.readAllBytes()).hasSize(2);
        }
        assertThatThrownBy(() -> sources.folder("leaving"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("no_manifest"));
    }

    @Test
    void a_server_without_a_permitted_folder_reads_none_and_a_file_that_is_no_archive_is_refused(@TempDir Path folder)
            throws IOException {
        var sources = new PairSources(LIMITS, "");
        assertThat(sources.hasFolders()).isFalse();
        assertThatThrownBy(() -> sources.folder("")).isInstanceOf(Problem.class);
        var file = Files.writeString(folder.resolve("sent"), "{}");
        assertThatThrownBy(() -> sources.upload(file, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("no_pictures"));
    }
}
