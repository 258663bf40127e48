package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.diptych.reward.ModelFileException;
import org.diptych.service.image.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@WorkerTest
class ModelArchiveIT {
    private static final long ANY_SIZE = Long.MAX_VALUE;

    @Autowired
    ObjectStore store;

    @TempDir
    private Path data;

    @Test
    void the_copies_used_longest_ago_go_and_never_one_in_use() throws IOException {
        var archive = new ModelArchive(store, data, 2, ANY_SIZE);
        var digests = new String[4];
        for (int i = 0; i < digests.length; i++) {
            digests[i] = stored(archive, "version " + i);
        }
        try (var held = archive.open(digests[0])) {
            used(digests[0], 30);
            archive.open(digests[1]).close();
            used(digests[1], 20);
            archive.open(digests[2]).close();
            assertThat(unpacked(digests[0])).as("the oldest, but in use").exists();
            assertThat(unpacked(digests[1])).doesNotExist();
            assertThat(held.folder().resolve("model/card.json")).hasContent("version 0");
        }
        archive.open(digests[3]).close();
        assertThat(unpacked(digests[0])).as("given back").doesNotExist();
        assertThat(unpacked(digests[2])).exists();
        try (var again = archive.open(digests[0])) {
            assertThat(again.folder().resolve("model/card.json")).hasContent("version 0");
        }
        assertThat(data.resolve("models"))
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("gone-"));
    }

    @Test
    void copies_take_no_more_room_than_allowed() throws IOException {
        var archive = new ModelArchive(store, data, 100, 1_000);
        var first = stored(archive, "a".repeat(600));
        var second = stored(archive, "b".repeat(600));
        archive.open(first).close();
        used(first, 5);
        archive.open(second).close();
        assertThat(unpacked(first)).doesNotExist();
        assertThat(unpacked(second)).exists();
    }

    @Test
    void a_copy_that_is_damaged_or_not_whole_is_unpacked_again() throws IOException {
        var archive = new ModelArchive(store, data, 2, ANY_SIZE);
        var digest = stored(archive, "whole");
        archive.open(digest).close();
        var card = unpacked(digest).resolve("model/card.json");

        Files.writeString(card, "wrong");
        archive.open(digest).close();
        assertThat(card).hasContent("whole");

        Files.delete(card);
        archive.open(digest).close();
        assertThat(card).hasContent("whole");

        // as an earlier release left it, or a process that died
        Files.delete(unpacked(digest).resolve("unpacked.sha256"));
        Files.writeString(card, "half");
        archive.open(digest).close();
        assertThat(card).hasContent("whole");
    }

    @Test
    void a_damaged_archive_says_so_and_leaves_nothing() throws IOException {
        var archive = new ModelArchive(store, data, 2, ANY_SIZE);
        var digest = digest();
        store.put(ObjectStore.keyOf(digest) + ".model", "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> archive.open(digest))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");
        assertThat(data.resolve("models")).isEmptyDirectory();
    }

    @Test
    void what_died_processes_left_goes_when_it_is_old() throws IOException {
        var archive = new ModelArchive(store, data, 2, ANY_SIZE);
        var old = archive.newFolder();
        Files.writeString(old.resolve("file"), "left");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        var fresh = archive.newFolder();
        var ended = archive.runFolder(UUID.randomUUID());
        Files.createDirectory(data.resolve("models/run-of-somebody-else"));
        archive.discardRuns(_ -> true);
        assertThat(old).doesNotExist();
        assertThat(ended).doesNotExist();
        assertThat(fresh).exists();
        assertThat(data.resolve("models/run-of-somebody-else")).exists();
    }

    private String stored(ModelArchive archive, String card) throws IOException {
        var folder = archive.newFolder();
        Files.writeString(Files.createDirectory(folder.resolve("model")).resolve("card.json"), card);
        var digest = digest();
        archive.store(digest, folder);
        archive.discard(folder);
        return digest;
    }

    private static String digest() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    private Path unpacked(String digest) {
        return data.resolve("models").resolve(digest);
    }

    private void used(String digest, int minutesAgo) throws IOException {
        Files.setLastModifiedTime(unpacked(digest), FileTime.from(Instant.now().minus(Duration.ofMinutes(minutesAgo))));
    }
}
