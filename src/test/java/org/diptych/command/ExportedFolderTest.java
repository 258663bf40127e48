package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedFolderTest {
    @TempDir
    Path place;

    @Test
    void a_whole_archive_is_unpacked_and_its_files_named_but_for_pictures() throws IOException {
        Path out = place.resolve("out");

        var files = unpack(out, archive("train.jsonl", "images/a.png", "README.md", "croissant.json"));

        assertThat(files)
                .containsExactly(
                        out.resolve("train.jsonl").toString(),
                        out.resolve("README.md").toString(),
                        out.resolve("croissant.json").toString());
        assertThat(out.resolve("images/a.png")).hasContent("images/a.png");
        try (Stream<Path> there = Files.list(out)) {
            assertThat(there).hasSize(4);
        }
    }

    @Test
    void parts_of_a_plain_file_take_the_place_of_those_of_an_earlier_export() throws IOException {
        Path out = Files.createDirectories(place.resolve("parts"));
        Files.writeString(out.resolve("labels-test.jsonl"), "old");
        Files.writeString(
                out.resolve("split.json"), "{\"parts\": [{\"file\": \"labels-test.jsonl\"}, {\"file\": \"../x\"}]}");
        var folder = new ExportedFolder(out, ExportedFolder.PARTS);

        assertThatThrownBy(() ->
                        folder.unpack(new ByteArrayInputStream(archive("labels-train.jsonl", "split.json")), _ -> {
                            throw new IOException("a picture is missing");
                        }))
                .hasMessage("a picture is missing");
        assertThat(out.resolve("labels-test.jsonl")).hasContent("old");

        folder.unpack(
                new ByteArrayInputStream(archive("labels-train.jsonl", "split.json")),
                files -> assertThat(files.resolve("labels-train.jsonl")).exists());
        assertThat(out.resolve("labels-test.jsonl")).doesNotExist();
        assertThat(out.resolve("labels-train.jsonl")).exists();
    }

    @Test
    void a_whole_file_takes_the_place_of_its_parts_and_parts_that_of_the_whole_file() throws IOException {
        Path out = Files.createDirectories(place.resolve("both"));
        var folder = new ExportedFolder(out, ExportedFolder.PARTS);
        for (String name : List.of("labels.jsonl", "labels.jsonl.part", "labels-test.jsonl", "labels-notes.jsonl")) {
            Files.writeString(out.resolve(name), "earlier");
        }
        Files.writeString(out.resolve("split.json"), "{\"parts\": [{\"file\": \"labels-test.jsonl\"}]}");

        folder.deleteParts("editreward.json");
        assertThat(out.resolve("labels-test.jsonl")).exists();
        folder.deleteParts("labels.jsonl");
        assertThat(names(out)).containsExactlyInAnyOrder("labels.jsonl", "labels.jsonl.part", "labels-notes.jsonl");
        folder.deleteParts("labels.jsonl");
        folder.deleteWhole("labels.jsonl");
        assertThat(names(out)).containsExactly("labels-notes.jsonl");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> there = Files.list(folder)) {
            return there.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void one_that_ends_too_early_leaves_nothing() throws IOException {
        byte[] whole = archive("train.jsonl", "README.md", "croissant.json");
        Path out = place.resolve("new");
        Path earlier = Files.createDirectories(place.resolve("earlier"));
        Files.writeString(earlier.resolve("train.jsonl"), "mine");

        for (byte[] cut : new byte[][] {archive("train.jsonl", "README.md"), Arrays.copyOf(whole, 60), {}}) {
            assertThatThrownBy(() -> unpack(out, cut)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> unpack(earlier, cut)).isInstanceOf(IOException.class);
        }

        assertThat(out).doesNotExist();
        try (Stream<Path> there = Files.list(earlier)) {
            assertThat(there).containsExactly(earlier.resolve("train.jsonl"));
        }
        assertThat(earlier.resolve("train.jsonl")).hasContent("mine");
    }

    @Test
    void a_folder_named_from_here_is_one_too() throws IOException {
        Path here = Path.of("").toAbsolutePath();

        var files = unpack(here.relativize(place).resolve("./out"), archive("train.jsonl", "croissant.json"));

        assertThat(files).first().isEqualTo(place.resolve("out/train.jsonl").toString());
    }

    @Test
    void parts_of_an_earlier_export_and_drafts_of_a_killed_one_go_and_other_files_stay() throws IOException {
        Path out = Files.createDirectories(place.resolve("out"));
        Files.writeString(out.resolve("croissant.json"), """
                {"distribution": [{"contentUrl": "test.jsonl"}, {"contentUrl": "train.jsonl"}, {"contentUrl": "../notes"}]}""");
        for (String name : List.of("test.jsonl", "train.jsonl", "mine.txt", "../notes")) {
            Files.writeString(out.resolve(name), "earlier");
        }
        Files.writeString(
                Files.createDirectories(out.resolve(".export-1/images")).resolve("a.png"), "half");

        unpack(out, archive("train.jsonl", "croissant.json"));

        assertThat(out.resolve("train.jsonl")).hasContent("train.jsonl");
        assertThat(out.resolve("mine.txt")).hasContent("earlier");
        assertThat(place.resolve("notes")).hasContent("earlier");
        assertThat(out.resolve("test.jsonl")).doesNotExist();
        assertThat(out.resolve(".export-1")).doesNotExist();
    }

    @Test
    void a_file_outside_of_the_folder_is_refused() throws IOException {
        byte[] archive = archive("../outside", "croissant.json");

        assertThatThrownBy(() -> unpack(place.resolve("out"), archive)).hasMessageContaining("outside of the folder");

        assertThat(place.resolve("outside")).doesNotExist();
    }

    private static List<String> unpack(Path out, byte[] archive) throws IOException {
        return new ExportedFolder(out, ExportedFolder.DESCRIPTION).unpack(new ByteArrayInputStream(archive), _ -> {});
    }

    private static byte[] archive(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
