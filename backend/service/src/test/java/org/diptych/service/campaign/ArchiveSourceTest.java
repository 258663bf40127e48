package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveSourceTest {
    private static final ImportLimits LIMITS =
            new ImportLimits(10_000_000, 100, 50_000_000, 200, 1000, 10_000, 10, 1000, 10);

    @TempDir
    private Path folder;

    private ArchiveSource open(byte[] archive) throws Exception {
        return ArchiveSource.open(Files.write(folder.resolve("archive.zip"), archive), LIMITS);
    }

    private void assertRefused(byte[] archive, String reason) {
        assertThatThrownBy(() -> open(archive))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(reason)
                .extracting("code")
                .isEqualTo("invalid_archive");
    }

    private static byte[] zip(String... namesAndContents) throws Exception {
        return zip(StandardCharsets.UTF_8, namesAndContents);
    }

    private static byte[] zip(Charset charset, String... namesAndContents) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, charset)) {
            for (var index = 0; index < namesAndContents.length; index += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[index]));
                zip.write(namesAndContents[index + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void a_manifest_is_found_at_the_top_or_in_the_only_folder() throws Exception {
        for (var prefix : new String[] {"", "my campaign/"}) {
            try (var source = open(zip(prefix + "manifest.jsonl", "rows", prefix + "images/a.png", "picture"))) {
                assertThat(source.manifest()).hasContent("rows");
                assertThat(source.read("images/a.png", 100)).asString().isEqualTo("picture");
            }
        }
    }

    @Test
    void what_is_no_archive_is_refused() throws Exception {
        assertRefused("no archive".getBytes(StandardCharsets.UTF_8), "no zip archive");
        assertRefused(new byte[0], "no zip archive");
        var archive = zip("manifest.jsonl", "rows", "a.png", "picture");
        assertRefused(Arrays.copyOf(archive, archive.length - 30), "no zip archive");
        assertRefused(Arrays.copyOfRange(archive, 40, archive.length), "");
    }

    @Test
    void an_archive_needs_one_manifest() throws Exception {
        assertRefused(zip("a.png", "picture"), "no manifest.jsonl");
        assertRefused(zip("a/manifest.jsonl", "", "b/manifest.jsonl", ""), "2 files");
        assertRefused(zip("a/b/manifest.jsonl", ""), "deeper down");
        assertRefused(zip("Manifest.jsonl", "", "MANIFEST.JSONL", ""), "2 files");
        try (var source =
                open(zip("Manifest.jsonl", "upper", "manifest.jsonl", "usual", "a/manifest.jsonl", "inner"))) {
            assertThat(source.manifest()).hasContent("usual");
        }
    }

    @Test
    void files_outside_the_archive_are_of_no_interest_and_out_of_reach() throws Exception {
        for (var name : new String[] {"../evil.png", "/etc/cron.d/evil", "images/../../evil.png", "C:\\evil.png"}) {
            try (var source = open(zip("manifest.jsonl", "", name, "evil"))) {
                assertThatThrownBy(() -> source.read(name, 100)).isInstanceOf(UnreadableFileException.class);
                assertThatThrownBy(() -> source.read("evil.png", 100)).isInstanceOf(UnreadableFileException.class);
            }
        }
    }

    @Test
    void a_directory_is_counted_whatever_the_end_of_the_archive_says() throws Exception {
        var files = new String[2 * 30_000];
        for (var index = 0; index < files.length; index++) {
            files[index] = index % 2 == 0 ? "manifest.jsonl-with-a-long-name-" + index : "";
        }
        var archive = zip(files);
        // number of files: 8 and 10 bytes into the last record
        for (var at : new int[] {8, 9, 10, 11}) {
            archive[archive.length - 22 + at] = (byte) (at % 2 == 0 ? 1 : 0);
        }
        assertRefused(archive, "more than 100 files");
    }

    @Test
    void a_file_that_is_there_twice_with_different_contents_is_not_guessed_at() throws Exception {
        try (var source =
                open(zip("manifest.jsonl", "", "a\\b.png", "one", "a/b.png", "two", "c.png", "x", "./c.png", "x"))) {
            assertThatThrownBy(() -> source.read("a/b.png", 100)).hasMessageContaining("several files");
            assertThat(source.read("c.png", 100)).asString().isEqualTo("x");
        }
    }

    @Test
    void a_manifest_that_is_a_bomb_is_refused() throws Exception {
        assertRefused(zip("manifest.jsonl", "\n".repeat(5_000_000)), "200 times its size");
    }

    @Test
    void too_many_files_are_refused_before_their_directory_is_read() throws Exception {
        var files = new String[2 * 101];
        for (var index = 0; index < files.length; index++) {
            files[index] = index % 2 == 0 ? "file-" + index : "";
        }
        assertRefused(zip(files), "more than 100 files");
    }

    @Test
    void an_archive_that_unpacks_to_too_much_is_refused() throws Exception {
        var zeros = "0".repeat(20_000_000);
        assertRefused(zip("manifest.jsonl", "", "a", zeros, "b", zeros, "c", zeros), "more than 50000000 bytes");
    }

    @Test
    void a_compression_bomb_is_refused() throws Exception {
        try (var source = open(zip("manifest.jsonl", "", "bomb.png", "0".repeat(20_000_000)))) {
            assertThatThrownBy(() -> source.read("bomb.png", 30_000_000)).hasMessageContaining("200 times its size");
            assertThatThrownBy(() -> source.read("bomb.png", 1_000_000))
                    .hasMessageContaining("more than 1000000 bytes");
        }
    }

    @Test
    void a_size_that_lies_does_not_help_a_bomb() throws Exception {
        var archive = zip("manifest.jsonl", "", "bomb.png", "0".repeat(5_000_000));
        // the size in the directory: 24 bytes into the last record
        var directory = new String(archive, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        Arrays.fill(archive, directory + 24, directory + 28, (byte) 0);
        archive[directory + 24] = 100;
        try (var source = open(archive)) {
            assertThatThrownBy(() -> source.read("bomb.png", 1_000_000)).isInstanceOf(UnreadableFileException.class);
        }
    }

    @Test
    void a_damaged_file_is_noticed() throws Exception {
        var archive = zip("manifest.jsonl", "", "a.png", "some content that is long enough to be hit");
        var content = new String(archive, StandardCharsets.ISO_8859_1).indexOf("a.png") + 10;
        archive[content] ^= 0x55;
        try (var source = open(archive)) {
            assertThatThrownBy(() -> source.read("a.png", 1000)).hasMessageContaining("damaged");
        }
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        try (var source = open(zip("manifest.jsonl", "", "images/", ""))) {
            assertThatThrownBy(() -> source.read("images/a.png", 1000)).hasMessageContaining("images/a.png");
            assertThatThrownBy(() -> source.read("images", 1000)).isInstanceOf(UnreadableFileException.class);
        }
    }

    private static int directoryOf(String name, byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).lastIndexOf(name) - 46;
    }

    @Test
    void a_file_that_is_packed_in_an_unheard_of_way_is_named() throws Exception {
        var archive = zip("manifest.jsonl", "rows", "a.png", "picture", "b.png", "picture");
        archive[directoryOf("a.png", archive) + 10] = 77;
        try (var source = open(archive)) {
            assertThatThrownBy(() -> source.read("a.png", 100))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("packed with method 77");
            assertThat(source.read("b.png", 100)).asString().isEqualTo("picture");
        }
    }

    @Test
    void a_file_that_is_said_to_be_longer_than_any_archive_is_damaged() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.jsonl"));
            var entry = new ZipEntry("a.png");
            // a field of 8 bytes, of a kind that nobody knows
            entry.setExtra(new byte[] {0x01, 0x7f, 8, 0, -2, -1, -1, -1, -1, -1, -1, 0x7f});
            zip.putNextEntry(entry);
            zip.write('x');
        }
        var archive = bytes.toByteArray();
        int directory = directoryOf("a.png", archive);
        // now it is of the kind of ZIP64, and holds the packed length of the file
        Arrays.fill(archive, directory + 20, directory + 24, (byte) -1);
        archive[directory + 46 + "a.png".length() + 1] = 0;
        try (var source = open(archive)) {
            assertThatThrownBy(() -> source.read("a.png", 100))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("a.png is damaged in the archive");
        }
    }

    @ParameterizedTest
    @CsvSource({"windows-31j, 能力, 表, ソ", "Big5, 功課, 許, 蓋", "GBK, 乗客, 乗, 乗"})
    void a_character_whose_second_half_is_a_backslash_is_no_folder(
            String charset, String campaign, String folder, String file) throws Exception {
        var picture = "images/" + folder + "/" + file + ".png";
        for (var prefix : new String[] {"", campaign + "/", "./" + campaign + "//"}) {
            var archive = zip(Charset.forName(charset), prefix + "manifest.jsonl", "rows", prefix + picture, "picture");
            try (var source = open(archive)) {
                assertThat(source.manifest()).hasContent("rows");
                assertThat(source.read(picture, 100)).asString().isEqualTo("picture");
            }
        }
    }
}
