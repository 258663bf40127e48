package org.diptych.service.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies the chunks of a WebP file (RFC 9649) that carry the picture, its transparency and its colour profile. */
final class WebpReduction {
    /** RIFF, length, WEBP. */
    private static final int HEADER = 12;
    /** Type and length of a chunk. */
    private static final int FRAME = 8;

    private static final Set<String> KEPT = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP");
    private static final int EXIF_AND_XMP = 0x08 | 0x04;
    private static final int PROFILE = 0x20;
    private static final int ANIMATION = 0x02;

    private final ByteBuffer file;
    private final boolean withProfile;
    private final ByteArrayOutputStream kept;
    private byte[] profile = {};
    private byte @Nullable [] exif;

    WebpReduction(byte[] file, boolean withProfile) {
        this.withProfile = withProfile;
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.kept = new ByteArrayOutputStream(file.length);
    }

    BareImage reduce() throws InvalidImageException {
        var end = Integer.toUnsignedLong(file.getInt(4)) + 8;
        if (end > file.limit()) {
            throw BareImage.truncated();
        }
        kept.write(file.array(), 0, HEADER);
        var position = HEADER;
        while (position + FRAME <= end) {
            var type = new String(file.array(), position, 4, StandardCharsets.ISO_8859_1);
            var length = Integer.toUnsignedLong(file.getInt(position + 4));
            if (position + FRAME + length > end) {
                throw BareImage.truncated();
            }
            chunk(type, position, (int) length);
            position += FRAME + (int) length + (int) (length & 1);
        }
        var bytes = kept.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4, bytes.length - 8);
        return new BareImage(bytes, exif, StatedColours.ofProfile(profile, false));
    }

    private void chunk(String type, int start, int length) throws InvalidImageException {
        var bytes = file.array();
        if (type.equals("EXIF")) {
            var prefixed =
                    length >= 6 && new String(bytes, start + FRAME, 4, StandardCharsets.ISO_8859_1).equals("Exif");
            exif = Arrays.copyOfRange(bytes, start + FRAME + (prefixed ? 6 : 0), start + FRAME + length);
        }
        if (type.equals("ANIM") || type.equals("ANMF")) {
            throw BareImage.animated();
        }
        if (!KEPT.contains(type)) {
            return;
        }
        var chunk = Arrays.copyOfRange(bytes, start, start + FRAME + length);
        if (type.equals("VP8X") && length > 0) {
            if ((chunk[FRAME] & ANIMATION) != 0) {
                throw BareImage.animated();
            }
            chunk[FRAME] &= (byte) ~(withProfile ? EXIF_AND_XMP : EXIF_AND_XMP | PROFILE);
        }
        if (type.equals("ICCP")) {
            profile = Arrays.copyOfRange(chunk, FRAME, chunk.length);
            if (!withProfile) {
                return;
            }
        }
        kept.writeBytes(chunk);
        if ((length & 1) == 1) {
            kept.write(0);
        }
    }
}
