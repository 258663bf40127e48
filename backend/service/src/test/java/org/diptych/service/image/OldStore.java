package org.diptych.service.image;

import java.io.IOException;
import org.diptych.protocol.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts pictures into the store as an earlier release did: as they came. */
public class OldStore {
    private final ObjectStore store;
    private final ImageCatalogue catalogue;
    private final JdbcClient jdbc;

    public OldStore(ObjectStore store, ImageCatalogue catalogue, JdbcClient jdbc) {
        this.store = store;
        this.catalogue = catalogue;
        this.jdbc = jdbc;
    }

    /** Stores a file as an original. */
    public String add(byte[] file, @Nullable String pixels) throws IOException {
        var sha256 = Sha256.hexadecimal(file);
        store.put(ObjectStore.keyOf(sha256), file);
        int width = ImageFormat.ofContent(file).isPresent()
                ? TestImages.decode(file).getWidth()
                : 1;
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes, pixels_sha256)
                        VALUES (?, 'image/png', ?, 1, ?, ?)
                        ON CONFLICT (sha256) DO UPDATE SET measured_by = 1, pixels_sha256 = EXCLUDED.pixels_sha256""")
                .param(1, sha256)
                .param(2, width)
                .param(3, file.length)
                .param(4, pixels)
                .update();
        return sha256;
    }

    /** The digest of a file's pixels as they are today. */
    public String pixels(byte[] file) throws IOException {
        return PixelDigest.of(ImageDecoder.decodeStored(file));
    }

    /** Stores a thumbnail. */
    public void addThumbnail(String sha256, byte[] file) throws IOException {
        store.put(ObjectStore.keyOf(sha256) + ImageVariant.THUMBNAIL.suffix(), file);
    }

    /** The thumbnail that is served. */
    public byte[] thumbnail(String sha256) throws IOException {
        var image = catalogue.find(sha256).orElseThrow();
        return store.find(ImageVariant.THUMBNAIL.key(image)).orElseThrow().getContentAsByteArray();
    }
}
