package org.diptych.service.image;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which pictures are stored, and which campaigns they are in. */
@Service
@Transactional
public class ImageCatalogue {
    private final JdbcClient jdbc;

    ImageCatalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file that has been taken in before.
     *
     * @param image its stored form
     * @param pixelsSha256 digest of its pixels
     */
    public record KnownUpload(StoredImage image, String pixelsSha256) {}

    /** The stored form of a file that has been taken in before, and would be taken in the same way today. */
    @Transactional(readOnly = true)
    public Optional<KnownUpload> byUpload(String uploadSha256) {
        return jdbc.sql("""
                        SELECT i.sha256, i.media_type, i.width, i.height, i.bytes, i.remade_by, i.pixels_sha256
                        FROM image_upload u JOIN image i ON i.sha256 = u.sha256
                        WHERE u.upload_sha256 = ? AND i.taken_in_by = ? AND i.pixels_sha256 IS NOT NULL""")
                .params(uploadSha256, ImagePipeline.VERSION)
                .query((row, number) -> new KnownUpload(image(row, number), row.getString("pixels_sha256")))
                .optional();
    }

    /** The picture with the given digest. */
    @Transactional(readOnly = true)
    public Optional<StoredImage> find(String sha256) {
        return jdbc.sql("SELECT sha256, media_type, width, height, bytes, remade_by FROM image WHERE sha256 = ?")
                .param(sha256)
                .query(ImageCatalogue::image)
                .optional();
    }

    /**
     * A stored picture and where it is shown.
     *
     * @param campaigns those it is in
     */
    record Placed(StoredImage image, List<UUID> campaigns) {}

    /** The picture with the given digest, with its campaigns: one statement, as it is asked with every picture. */
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    Optional<Placed> placed(String sha256) {
        return jdbc.sql("""
                        SELECT sha256, media_type, width, height, bytes, remade_by,
                               ARRAY (SELECT campaign_id FROM campaign_image c WHERE c.sha256 = i.sha256) AS campaigns
                        FROM image i WHERE sha256 = ?""")
                .param(sha256)
                .query((row, number) -> new Placed(image(row, number), List.of((UUID[])
                        row.getArray("campaigns").getArray())))
                .optional();
    }

    /** Records pictures, whose objects must be stored already, and that they are in a campaign. */
    public void add(UUID campaign, Collection<PreparedImage> added) {
        // in one order everywhere: two imports with pictures in common must not wait for each other
        var images = added.stream()
                .distinct()
                .sorted(Comparator.comparing((PreparedImage p) -> p.image().sha256())
                        .thenComparing(PreparedImage::uploadSha256))
                .toList();
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes, pixels_sha256, taken_in_by,
                                           measured_by)
                        SELECT DISTINCT ON (t.sha256) t.*, v.version, v.version
                        FROM unnest(?::text[], ?::text[], ?::integer[], ?::integer[], ?::bigint[], ?::text[])
                             AS t (sha256, media_type, width, height, bytes, pixels),
                             (SELECT ?::smallint AS version) v
                        -- what is there is not even locked: a launch holds its locks for long
                        WHERE NOT EXISTS (SELECT 1 FROM image i WHERE i.sha256 = t.sha256
                            AND i.pixels_sha256 IS NOT NULL AND i.taken_in_by >= v.version)
                        ON CONFLICT (sha256) DO UPDATE SET taken_in_by = EXCLUDED.taken_in_by,
                            pixels_sha256 = coalesce(image.pixels_sha256, EXCLUDED.pixels_sha256)
                        WHERE image.pixels_sha256 IS NULL OR image.taken_in_by < EXCLUDED.taken_in_by""")
                .params(
                        column(images, p -> p.image().sha256(), String[]::new),
                        column(images, p -> p.image().mediaType(), String[]::new),
                        column(images, p -> p.image().width(), Integer[]::new),
                        column(images, p -> p.image().height(), Integer[]::new),
                        column(images, p -> p.image().bytes(), Long[]::new),
                        column(images, PreparedImage::pixelsSha256, String[]::new),
                        ImagePipeline.VERSION)
                .update();
        jdbc.sql("""
                        INSERT INTO image_upload (upload_sha256, sha256)
                        SELECT DISTINCT ON (t.upload) t.* FROM unnest(?::text[], ?::text[]) AS t (upload, sha256)
                        WHERE NOT EXISTS (SELECT 1 FROM image_upload u
                            WHERE u.upload_sha256 = t.upload AND u.sha256 = t.sha256)
                        ON CONFLICT (upload_sha256) DO UPDATE SET sha256 = EXCLUDED.sha256
                        WHERE image_upload.sha256 <> EXCLUDED.sha256""")
                .params(
                        column(images, PreparedImage::uploadSha256, String[]::new),
                        column(images, p -> p.image().sha256(), String[]::new))
                .update();
        jdbc.sql("""
                        INSERT INTO campaign_image (campaign_id, sha256)
                        SELECT ?, * FROM unnest(?::text[]) ON CONFLICT DO NOTHING""")
                .params(campaign, column(images, p -> p.image().sha256(), String[]::new))
                .update();
    }

    private static <T> T[] column(
            Collection<PreparedImage> images, Function<PreparedImage, T> value, IntFunction<T[]> array) {
        return images.stream().map(value).toArray(array);
    }

    static StoredImage image(ResultSet row, int number) throws SQLException {
        return new StoredImage(
                row.getString("sha256"),
                row.getString("media_type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"),
                row.getInt("remade_by"));
    }
}
