package org.diptych.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileObjectStoreTest {
    private static final String KEY = ObjectStore.keyOf("abcd" + "0".repeat(60));

    @TempDir
    private Path folder;

    @Test
    void what_is_put_is_found() throws Exception {
        var store = new FileObjectStore(folder.resolve("objects"));

        store.put(KEY, new byte[] {1, 2, 3});

        assertThat(KEY).startsWith("ab/cd/abcd0");
        assertThat(store.find(KEY).orElseThrow().getContentAsByteArray()).containsExactly(1, 2, 3);
        assertThat(store.find(KEY + ".display")).isEmpty();
    }

    @Test
    void an_object_never_changes() throws Exception {
        var store = new FileObjectStore(folder.resolve("objects"));

        store.put(KEY, new byte[] {1});
        store.put(KEY, new byte[] {2});

        assertThat(store.find(KEY).orElseThrow().getContentAsByteArray()).containsExactly(1);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void a_file_becomes_an_object() throws Exception {
        var store = new FileObjectStore(folder.resolve("objects"));
        var file = Files.write(folder.resolve("upload"), new byte[] {9});

        store.put(KEY + ".thumbnail", file);

        assertThat(store.find(KEY + ".thumbnail").orElseThrow().getContentAsByteArray())
                .containsExactly(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../etc/passwd", "ab/cd/../x", "/ab/cd/abcd", "ab/cd/abcd/..", "ab/cd/abcd.x/y"})
    void a_key_cannot_leave_the_folder(String key) {
        var store = new FileObjectStore(folder);

        assertThatThrownBy(() -> store.find(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
