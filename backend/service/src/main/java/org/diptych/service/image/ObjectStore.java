package org.diptych.service.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;

/**
 * Immutable byte sequences under keys of the form {@code ab/cd/abcd…} with an optional {@code .suffix}. An object is
 * there completely or not at all, survives a crash once {@code put} has returned, and never changes: putting a key that
 * exists does nothing. Only what is kept for a time, such as exports, is ever deleted.
 */
public interface ObjectStore {
    /**
     * Stores the bytes of a file under a key. The file is the store's from then on: it may have been moved.
     *
     * @throws IOException when the bytes could not be made durable; the key does not exist then
     */
    void put(String key, Path file) throws IOException;

    /** Stores bytes under a key. */
    void put(String key, byte[] content) throws IOException;

    /** The object with the given key. */
    Optional<Resource> find(String key);

    /** Deletes an object that nothing names any more; one that is not there is deleted already. */
    void delete(String key) throws IOException;

    /** The keys of the object with the given key and of those that stand beside it under the same key with a suffix. */
    List<String> family(String key) throws IOException;

    /** Tells the key of every object, in no order. */
    void forEachKey(Consumer<String> visitor) throws IOException;

    /** Objects as files of a folder, which need not exist yet. */
    static ObjectStore in(Path folder) {
        return new FileObjectStore(folder);
    }

    /** The key of content that is named by its SHA-256 (lower-case hexadecimal): {@code ab/cd/abcd…}. */
    static String keyOf(String sha256) {
        return sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }
}
