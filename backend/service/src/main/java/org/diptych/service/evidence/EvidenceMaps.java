package org.diptych.service.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.image.ObjectStore;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Keeps overlays as grey PNG files under their own digests, beside the pictures. */
@Component
class EvidenceMaps {
    private final ObjectStore store;

    EvidenceMaps(ObjectStore store) {
        this.store = store;
    }

    /**
     * Stores an overlay.
     *
     * @return SHA-256 of its file
     */
    String store(BufferedImage overlay) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(overlay, "png", bytes);
        var sha256 = Sha256.hexadecimal(bytes.toByteArray());
        store.put(ObjectStore.keyOf(sha256), bytes.toByteArray());
        return sha256;
    }

    Optional<Resource> find(String sha256) {
        return store.find(ObjectStore.keyOf(sha256));
    }
}
