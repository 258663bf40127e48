package org.diptych.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Service;

/** Reads stored pictures back as pixels. They were checked, turned upright and stripped when they came in. */
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
        var stored = store.find(ObjectStore.keyOf(sha256))
                .orElseThrow(() -> new NoSuchFileException("picture " + sha256 + " is not in the store"));
        try (var input = stored.getInputStream()) {
            var picture = ImageIO.read(input);
            if (picture == null) {
                throw new IOException("picture " + sha256 + " cannot be decoded");
            }
            return picture;
        }
    }
}
