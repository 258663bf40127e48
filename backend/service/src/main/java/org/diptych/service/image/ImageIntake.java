package org.diptych.service.image;

import java.awt.AlphaComposite;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.diptych.protocol.text.Sha256;
import org.springframework.stereotype.Service;

/** Takes pictures in: checks them, strips their metadata, turns them upright and makes their variants. */
@Service
public class ImageIntake {
    private static final double QUALITY = 0.95;

    private final ImageDecoder decoder;
    private final ImageCatalogue catalogue;
    private final ImageLimits limits;
    private final ObjectStore store;
    private final StagingFolder stagingFolder;

    ImageIntake(
            ImageDecoder decoder,
            ImageCatalogue catalogue,
            ImageLimits limits,
            ObjectStore store,
            StagingFolder stagingFolder) {
        this.decoder = decoder;
        this.catalogue = catalogue;
        this.limits = limits;
        this.store = store;
        this.stagingFolder = stagingFolder;
    }

    /** Opens a staging area; close it in any case. */
    public ImageStaging openStaging() throws IOException {
        return new ImageStaging(stagingFolder.newPath(), store);
    }

    /** Upper limit of an uploaded file, bytes. */
    public int maximumBytes() {
        return limits.maximumBytes();
    }

    /** How many threads may prepare pictures at a time: each holds a file up to four times, in different forms. */
    public int concurrency() {
        var runtime = Runtime.getRuntime();
        var affordable = runtime.maxMemory() / 8 / limits.maximumBytes();
        return (int) Math.clamp(affordable, 1, runtime.availableProcessors());
    }

    /**
     * Checks a picture and leaves its stored form and variants in the staging area, unless the same file has been taken
     * in before. The stored form is the file itself without metadata; where that is not upright sRGB with eight bits a
     * channel, a PNG that is.
     *
     * @param name file name; its extension must agree with the content
     * @throws InvalidImageException when the file is not taken in
     * @throws IOException when the staging area cannot be written
     */
    public PreparedImage prepare(String name, byte[] upload, ImageStaging staging)
            throws InvalidImageException, IOException, InterruptedException {
        var format = checkedFormat(name, upload);
        var uploadSha256 = Sha256.hexadecimal(upload);
        var known = catalogue.byUpload(uploadSha256);
        if (known.isPresent()) {
            return new PreparedImage(
                    known.get().image(), uploadSha256, known.get().pixelsSha256());
        }
        var bare = BareImage.of(format, upload);
        var encoded = decoder.decodeFile(format, bare, decoded -> encode(format, bare, decoded));
        for (var file : encoded.files().entrySet()) {
            staging.add(encoded.image().sha256(), file.getKey(), file.getValue());
        }
        return new PreparedImage(encoded.image(), uploadSha256, encoded.pixelsSha256());
    }

    /**
     * Decodes a picture under the same checks, without keeping anything: the pixels that its stored form would have.
     *
     * @param name file name; its extension must agree with the content
     * @throws InvalidImageException when the file would not be taken in
     */
    public BufferedImage decode(String name, byte[] upload) throws InvalidImageException, InterruptedException {
        var format = checkedFormat(name, upload);
        return decoder.decode(format, BareImage.of(format, upload), picture -> picture);
    }

    private ImageFormat checkedFormat(String name, byte[] upload) throws InvalidImageException {
        if (upload.length > limits.maximumBytes()) {
            throw new InvalidImageException(
                    "the file has " + upload.length + " bytes; the limit is " + limits.maximumBytes() + " bytes");
        }
        var claimed = ImageFormat.ofName(name)
                .orElseThrow(
                        () -> new InvalidImageException(
                                "the file name does not end in .jpg, .jpeg, .png or .webp: give a picture in one of these formats"));
        var actual = ImageFormat.ofContent(upload)
                .orElseThrow(() -> new InvalidImageException("the content is not a JPEG, PNG or WebP picture"));
        if (claimed != actual) {
            throw new InvalidImageException(
                    "the file name says " + claimed + " but the content is " + actual + "; rename the file");
        }
        return actual;
    }

    /** A picture's files by suffix; the stored form has none. */
    record Encoded(StoredImage image, Map<String, byte[]> files, String pixelsSha256) {}

    static Encoded encode(ImageFormat format, BareImage bare, ImageDecoder.Decoded decoded) {
        var picture = decoded.pixels();
        var original = decoded.asFiled() ? bare.bytes() : png(picture);
        var image = new StoredImage(
                Sha256.hexadecimal(original),
                (decoded.asFiled() ? format : ImageFormat.PNG).mediaType(),
                picture.getWidth(),
                picture.getHeight(),
                original.length);
        var files = new LinkedHashMap<String, byte[]>();
        files.put("", original);
        variants(picture, image).forEach((variant, file) -> files.put(variant.suffix(), file));
        return new Encoded(image, files, PixelDigest.of(picture));
    }

    /** The reduced variants of a picture, as far as it is larger than they are. */
    static Map<ImageVariant, byte[]> variants(BufferedImage picture, StoredImage image) {
        var variants = new EnumMap<ImageVariant, byte[]>(ImageVariant.class);
        for (var variant : ImageVariant.values()) {
            if (variant.differsFrom(image)) {
                variants.put(variant, scaled(picture, variant.longestSide()));
            }
        }
        return variants;
    }

    private static byte[] png(BufferedImage picture) {
        var plain = new BufferedImage(picture.getWidth(), picture.getHeight(), plainType(picture));
        var graphics = plain.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(plain, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] scaled(BufferedImage picture, int longestSide) {
        var bytes = new ByteArrayOutputStream();
        try {
            Thumbnails.of(picture)
                    .size(longestSide, longestSide)
                    .imageType(plainType(picture))
                    .outputFormat(picture.getColorModel().hasAlpha() ? "png" : "jpg")
                    .outputQuality(QUALITY)
                    .toOutputStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Three channels, or four, whatever the file's coding. */
    private static int plainType(BufferedImage picture) {
        return picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    }
}
