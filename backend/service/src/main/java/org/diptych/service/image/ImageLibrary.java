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

    ImageLibrary(ObjectStore store) {
        this.store = store;
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
     * Decodes a stored picture at the size in which it is served to screens: at most 2,048 pixels on the longer side, so
     * that its memory is bounded whatever was imported.
     *
     * @throws IOException when it is not in the store or cannot be decoded
     */
    public BufferedImage readForScreen(String sha256) throws IOException {
        var original = ObjectStore.keyOf(sha256);
        return decode(
                sha256, store.find(ImageVariant.DISPLAY.reducedKey(original)).or(() -> store.find(original)));
    }

    private static BufferedImage decode(String sha256, Optional<Resource> object) throws IOException {
        var stored = object.orElseThrow(() -> new NoSuchFileException("picture " + sha256 + " is not in the store"));
        try (var input = stored.getInputStream()) {
            return ImageDecoder.decodeStored(input.readAllBytes());
        } catch (IOException e) {
            throw new IOException("picture " + sha256 + " cannot be decoded: " + e.getMessage(), e);
        }
    }
}
