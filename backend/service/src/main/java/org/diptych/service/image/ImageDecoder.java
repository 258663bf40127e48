package org.diptych.service.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.springframework.stereotype.Component;

/** Decodes pictures under limits: nothing is allocated for a picture before its header has been found acceptable. */
@Component
class ImageDecoder {
    private static final int PIXELS_PER_PERMIT = 1_000_000;

    private final ImageLimits limits;
    private final int allPermits;
    private final Semaphore permits;

    ImageDecoder(ImageLimits limits) {
        this.limits = limits;
        this.allPermits = permitsFor(limits.maximumPixels());
        this.permits = new Semaphore(allPermits, true);
    }

    /**
     * Decodes a picture, turns it upright and hands it to {@code use}, whose result must not keep it: the picture's
     * share of the memory for decoding is given back when {@code use} returns.
     *
     * @throws InvalidImageException when the picture is too large, damaged or truncated
     */
    <T> T decode(ImageFormat format, BareImage image, Function<BufferedImage, T> use)
            throws InvalidImageException, InterruptedException {
        return decodeFile(format, image, decoded -> use.apply(decoded.pixels()));
    }

    /**
     * A decoded picture.
     *
     * @param pixels upright, in sRGB with eight bits a channel
     * @param asFiled whether whoever opens the file sees these pixels, however little they know of orientation and colours
     */
    record Decoded(BufferedImage pixels, boolean asFiled) {}

    /** As {@link #decode}, and tells whether the file may stand for the pixels. */
    <T> T decodeFile(ImageFormat format, BareImage image, Function<Decoded, T> use)
            throws InvalidImageException, InterruptedException {
        var reader = reader(format);
        try (var input = input(format, image)) {
            reader.setInput(input, false, true);
            var share = Math.min(allPermits, permitsFor(checkedPixels(reader)));
            permits.acquire(share);
            try {
                return use.apply(decoded(read(reader), image));
            } finally {
                permits.release(share);
            }
        } catch (IOException e) {
            throw damaged(format, e);
        } finally {
            reader.dispose();
        }
    }

    /** Decodes a picture that passed the limits when it came in. */
    static BufferedImage decodeStored(byte[] file) throws IOException {
        return decodeStoredFile(file).pixels();
    }

    /** As {@link #decodeStored}, and tells whether the file may stand for the pixels. */
    static Decoded decodeStoredFile(byte[] file) throws IOException {
        var format = ImageFormat.ofContent(file)
                .orElseThrow(() -> new IOException("the content is not a JPEG, PNG or WebP picture"));
        var reader = reader(format);
        try {
            var image = BareImage.of(format, file);
            try (var input = input(format, image)) {
                reader.setInput(input, false, true);
                return decoded(read(reader), image);
            }
        } catch (InvalidImageException e) {
            throw new IOException(e.reason(), e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageInputStream input(ImageFormat format, BareImage image) throws InvalidImageException {
        // only the decoder knows what inks look like; other numbers are turned into colours here
        var file = image.colours() instanceof StatedColours.Inks ? image.bytes() : image.unprofiled(format);
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
    }

    private static Decoded decoded(BufferedImage read, BareImage image) {
        var pixels = image.colours() instanceof StatedColours.Profiled stated
                ? ProfileConversion.of(stated.profile()).apply(read)
                : SrgbPixels.of(read);
        var turned = orientation(image) != Orientation.TOP_LEFT;
        return new Decoded(
                upright(pixels, image),
                !turned && image.colours() instanceof StatedColours.Srgb && SrgbPixels.isPlain(read));
    }

    private long checkedPixels(ImageReader reader) throws IOException, InvalidImageException {
        long width = sane(() -> reader.getWidth(0));
        long height = sane(() -> reader.getHeight(0));
        if (width < 1 || height < 1) {
            throw new InvalidImageException("the picture has no pixels");
        }
        if (width * height > limits.maximumPixels()) {
            throw new InvalidImageException(String.format(
                    Locale.ROOT,
                    "the picture has %d x %d pixels (%d megapixels); the limit is %d megapixels. Scale it down",
                    width,
                    height,
                    width * height / 1_000_000,
                    limits.maximumPixels() / 1_000_000));
        }
        return width * height;
    }

    private static BufferedImage read(ImageReader reader) throws IOException, InvalidImageException {
        var warnings = new ArrayList<String>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        var image = sane(() -> reader.read(0));
        // a JPEG decoder fills what is missing with grey and merely warns
        if (warnings.stream()
                .anyMatch(warning -> warning.toLowerCase(Locale.ROOT).contains("premature end"))) {
            throw BareImage.truncated();
        }
        return image;
    }

    /** Decoders meet damaged files with exceptions of many kinds. */
    private static <T> T sane(Callable<T> decoding) throws IOException {
        try {
            return decoding.call();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static InvalidImageException damaged(ImageFormat format, IOException e) {
        return new InvalidImageException(
                "the file cannot be decoded as " + format + " (" + e.getMessage() + "); is it damaged?", e);
    }

    private static BufferedImage upright(BufferedImage image, BareImage bare) {
        var orientation = orientation(bare);
        return orientation == Orientation.TOP_LEFT
                ? image
                : ExifFilterUtils.getFilterForOrientation(orientation).apply(image);
    }

    private static Orientation orientation(BareImage image) {
        var exif = image.exif();
        if (exif == null) {
            return Orientation.TOP_LEFT;
        }
        var metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata);
        var directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        var value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null || value < 1 || value > 8 ? Orientation.TOP_LEFT : Orientation.typeOf(value);
    }

    private static ImageReader reader(ImageFormat format) {
        var readers = ImageIO.getImageReadersByMIMEType(format.mediaType());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no decoder for " + format.mediaType() + " on the class path");
        }
        return readers.next();
    }

    private static int permitsFor(long pixels) {
        return (int) Math.max(1, (pixels + PIXELS_PER_PERMIT - 1) / PIXELS_PER_PERMIT);
    }
}
