package org.diptych.service.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Pictures as annotators get them: coded anew, all in one way, without loss. A file as it was sent in says by its format,
 * its compression tables and its filters which program wrote it, and so which model made the edit. Each is made when it is
 * asked for first, and kept beside the stored one.
 */
@Component
class PlainPictures {
    private static final String SUFFIX = ".plain";

    private final ObjectStore store;

    /** A decoded picture takes much memory, and coding one a processor: nobody else is to wait for it. */
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    PlainPictures(ObjectStore store) {
        this.store = store;
    }

    /**
     * The variant of a picture; empty when the store has lost it. Reduced variants are coded here already.
     *
     * @throws IOException when the stored picture cannot be read
     */
    Optional<Resource> find(StoredImage image, ImageVariant variant) throws IOException, InterruptedException {
        if (variant.differsFrom(image)) {
            return store.find(variant.key(image));
        }
        var stored = ObjectStore.keyOf(image.sha256());
        var key = stored + SUFFIX + (image.remadeBy() == 0 ? "" : "-" + image.remadeBy());
        var known = store.find(key);
        return known.isPresent() ? known : make(stored, key);
    }

    private Optional<Resource> make(String stored, String key) throws IOException, InterruptedException {
        turns.acquire();
        try {
            var made = store.find(key);
            var file = store.find(stored);
            if (made.isPresent() || file.isEmpty()) {
                return made;
            }
            store.put(key, ImageIntake.png(ImageDecoder.decodeStored(file.get().getContentAsByteArray())));
            return store.find(key);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            turns.release();
        }
    }
}
