package org.diptych.service.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Copies the chunks of a PNG file (ISO/IEC 15948) that carry the picture and its colours, and checks their checksums.
 */
final class PngReduction {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum of a chunk. */
    private static final int FRAME = 12;

    private static final Set<String> KEPT =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP");
    /** Place in the header, and its bit for pictures that are not grey. */
    private static final int COLOUR_TYPE = 9;

    private static final int COLOURFUL = 2;

    private static final int MAXIMUM_PROFILE = 4_000_000;

    private final ByteBuffer file;
    private final boolean withProfile;
    private final ByteArrayOutputStream kept;
    private PngColours colours = new PngColours(false);
    private byte @Nullable [] exif;

    PngReduction(byte[] file, boolean withProfile) {
        this.withProfile = withProfile;
        this.file = ByteBuffer.wrap(file);
        this.kept = new ByteArrayOutputStream(file.length);
    }

    BareImage reduce() throws InvalidImageException {
        kept.write(file.array(), 0, SIGNATURE);
        file.position(SIGNATURE);
        var type = "";
        while (!type.equals("IEND")) {
            if (file.remaining() < FRAME) {
                throw BareImage.truncated();
            }
            var start = file.position();
            var length = file.getInt();
            type = new String(file.array(), start + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > file.limit() - start - FRAME) {
                throw BareImage.truncated();
            }
            chunk(type, start, length);
            file.position(start + FRAME + length);
        }
        return new BareImage(kept.toByteArray(), exif, colours.stated());
    }

    private void chunk(String type, int start, int length) throws InvalidImageException {
        if (type.equals("acTL")) {
            throw BareImage.animated();
        }
        if (type.equals("eXIf")) {
            exif = Arrays.copyOfRange(file.array(), start + 8, start + 8 + length);
        }
        if (!KEPT.contains(type)) {
            if (Character.isUpperCase(type.charAt(0))) {
                throw new InvalidImageException("the PNG file has an unknown chunk; save it as an ordinary PNG");
            }
            return;
        }
        var checksum = new CRC32();
        checksum.update(file.array(), start + 4, length + 4);
        if ((int) checksum.getValue() != file.getInt(start + 8 + length)) {
            throw new InvalidImageException("the PNG file is damaged: chunk " + type + " has a wrong checksum");
        }
        switch (type) {
            case "IHDR" -> colours = new PngColours(length > COLOUR_TYPE && isGrey(start + 8));
            case "iCCP" -> colours.addProfile(profile(start + 8, length));
            case "cICP", "sRGB", "gAMA", "cHRM" ->
                colours.add(type, Arrays.copyOfRange(file.array(), start + 8, start + 8 + length));
            default -> {}
        }
        if (!PngColours.isApproximate(type) && (withProfile || !type.equals("iCCP"))) {
            kept.write(file.array(), start, FRAME + length);
        }
    }

    private boolean isGrey(int header) {
        return (file.get(header + COLOUR_TYPE) & COLOURFUL) == 0;
    }

    /** A colour profile is compressed: it could be a bomb of its own. */
    private byte[] profile(int start, int length) throws InvalidImageException {
        var bytes = file.array();
        var name = start;
        while (name < start + length && bytes[name] != 0) {
            name++;
        }
        // after the name: its end and the compression method
        var data = name + 2;
        if (data >= start + length) {
            throw new InvalidImageException("the PNG file has a damaged colour profile");
        }
        try (var inflater = new Inflater()) {
            inflater.setInput(bytes, data, start + length - data);
            var profile = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!inflater.finished()) {
                var inflated = inflater.inflate(buffer);
                profile.write(buffer, 0, inflated);
                if (inflater.getBytesWritten() > MAXIMUM_PROFILE) {
                    throw new InvalidImageException("the colour profile of the PNG file is too large");
                }
                if (inflated == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new InvalidImageException("the PNG file has a damaged colour profile");
                }
            }
            return profile.toByteArray();
        } catch (DataFormatException e) {
            throw new InvalidImageException("the PNG file has a damaged colour profile", e);
        }
    }
}
