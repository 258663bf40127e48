package org.diptych.service.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies the segments of a JPEG file (ITU-T T.81, annex B) that carry the picture: tables, frames and scans, the JFIF
 * header without its thumbnail, the ICC profile and Adobe's colour transform.
 */
final class JpegReduction {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION_0 = 0xe0;
    private static final int APPLICATION_1 = 0xe1;
    private static final int APPLICATION_2 = 0xe2;
    private static final int APPLICATION_14 = 0xee;
    private static final int JFIF_LENGTH = 16;
    /** What stands before a part of a profile: length, name, number of the part, of how many. */
    private static final int PROFILE_PART = 16;
    /** Place of the number of components in a frame's header. */
    private static final int COMPONENTS = 7;
    /** Every scan of a progressive picture goes over all pixels: a small file could keep a decoder busy for hours. */
    private static final int MOST_SCANS = 100;

    private final byte[] file;
    private final boolean withProfile;
    private final ByteArrayOutputStream kept;
    private int position = 2;
    private int scans;
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private int components;
    private byte @Nullable [] exif;

    JpegReduction(byte[] file, boolean withProfile) {
        this.file = file;
        this.withProfile = withProfile;
        this.kept = new ByteArrayOutputStream(file.length);
    }

    BareImage reduce() throws InvalidImageException {
        kept.write(0xff);
        kept.write(START_OF_IMAGE);
        while (true) {
            var marker = marker();
            if (marker == END_OF_IMAGE) {
                if (scans == 0) {
                    throw new InvalidImageException("it is a JPEG file without a picture");
                }
                kept.write(0xff);
                kept.write(END_OF_IMAGE);
                return new BareImage(kept.toByteArray(), exif, colours());
            }
            segment(marker);
        }
    }

    private StatedColours colours() {
        return components == 4
                ? new StatedColours.Inks()
                : StatedColours.ofProfile(profile.toByteArray(), components == 1);
    }

    private int marker() throws InvalidImageException {
        if (at(position) != 0xff) {
            throw new InvalidImageException("the JPEG file is damaged at byte " + position);
        }
        while (at(position) == 0xff) {
            position++;
        }
        return at(position++);
    }

    private void segment(int marker) throws InvalidImageException {
        var start = position;
        var length = at(start) << 8 | at(start + 1);
        if (length < 2 || marker < 0xc0 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) {
            throw new InvalidImageException("the JPEG file is damaged at byte " + (start - 2));
        }
        if (start + length > file.length) {
            throw BareImage.truncated();
        }
        position = start + length;
        switch (marker) {
            case APPLICATION_0 -> {
                if (contains(start, length, "JFIF\0") && length >= JFIF_LENGTH) {
                    var header = Arrays.copyOfRange(file, start, start + JFIF_LENGTH);
                    header[0] = 0;
                    header[1] = JFIF_LENGTH;
                    // no thumbnail
                    header[14] = 0;
                    header[15] = 0;
                    keep(marker, header, 0, JFIF_LENGTH);
                }
            }
            case APPLICATION_1 -> {
                if (exif == null && contains(start, length, "Exif\0\0")) {
                    exif = Arrays.copyOfRange(file, start + 8, start + length);
                }
            }
            case APPLICATION_2 -> {
                if (contains(start, length, "ICC_PROFILE\0")) {
                    if (length > PROFILE_PART) {
                        profile.write(file, start + PROFILE_PART, length - PROFILE_PART);
                    }
                    keepIf(withProfile, marker, start, length);
                }
            }
            case APPLICATION_14 -> keepIf(contains(start, length, "Adobe"), marker, start, length);
            case START_OF_SCAN -> {
                keep(marker, file, start, length);
                scan();
            }
            case 0xc0, 0xc1, 0xc2 -> {
                if (length > COMPONENTS) {
                    components = at(start + COMPONENTS);
                }
                keep(marker, file, start, length);
            }
            // every other application segment, comments, extensions: metadata; below them: tables and frames
            default -> keepIf(marker < APPLICATION_0, marker, start, length);
        }
    }

    /** Copies entropy-coded data up to the next marker; a stuffed zero and the restart markers belong to the data. */
    private void scan() throws InvalidImageException {
        if (++scans > MOST_SCANS) {
            throw new InvalidImageException("the JPEG file has more than " + MOST_SCANS + " scans");
        }
        var start = position;
        while (true) {
            if (position + 1 >= file.length) {
                throw BareImage.truncated();
            }
            if (at(position) == 0xff) {
                var next = at(position + 1);
                if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    break;
                }
            }
            position++;
        }
        kept.write(file, start, position - start);
    }

    private void keepIf(boolean wanted, int marker, int start, int length) {
        if (wanted) {
            keep(marker, file, start, length);
        }
    }

    private void keep(int marker, byte[] source, int start, int length) {
        kept.write(0xff);
        kept.write(marker);
        kept.write(source, start, length);
    }

    private boolean contains(int start, int length, String name) {
        var wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        return length >= wanted.length + 2
                && Arrays.equals(file, start + 2, start + 2 + wanted.length, wanted, 0, wanted.length);
    }

    private int at(int index) throws InvalidImageException {
        if (index >= file.length) {
            throw BareImage.truncated();
        }
        return file[index] & 0xff;
    }
}
