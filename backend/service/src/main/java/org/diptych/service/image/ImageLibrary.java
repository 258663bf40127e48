package org.diptych.service.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/**
 * Reads stored pictures back as pixels in sRGB, which is how browsers show them. They were checked, turned upright and
 * stripped when they came in.
 */
@Service
public class ImageLibrary {
    private final ObjectStore store;
    private final ImageCatalogue catalogue;

    ImageLibrary(ObjectStore store, ImageCatalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    /**
     * Decodes a stored original.
     *
     * @throws IOException when it is not in the store or cannot be decoded
     */
    public BufferedImage read(String sha256) throws IOException {
        return decode(sha256, store.find(ObjectStore.keyOf(sha256)));
    }

    /**
     * The stored original's bytes.
     *
     * @throws IOException when it is not in the store
     */
    public byte[] original(String sha256) throws IOException {
        return content(sha256, store.find(ObjectStore.keyOf(sha256)));
    }

    /**
     * Decodes a stored picture at the size in which it is served to screens: at most 2,048 pixels on the longer side, so
     * that its memory is bounded whatever was imported.
     *
     * @throws IOException when it is not in the store or cannot be decoded
     */
    public BufferedImage readForScreen(String sha256) throws IOException {
        var key = catalogue.find(sha256).map(ImageVariant.DISPLAY::key).orElseGet(() -> ObjectStore.keyOf(sha256));
        return decode(sha256, store.find(key));
    }

    private static BufferedImage decode(String sha256, Optional<Resource> object) throws IOException {
        var content = content(sha256, object);
        try {
            return ImageDecoder.decodeStored(content);
        } catch (IOException e) {
            throw new IOException("picture " + sha256 + " cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** The bytes of an object that should be there. */
    static byte[] content(String sha256, Optional<Resource> object) throws IOException {
        var stored = object.orElseThrow(() -> new NoSuchFileException("picture " + sha256 + " is not in the store"));
        try (var input = stored.getInputStream()) {
            return input.readAllBytes();
        }
    }
}
