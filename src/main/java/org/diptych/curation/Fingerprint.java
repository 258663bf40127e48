package org.diptych.curation;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an edit looks like. First 1,344 bits: a hash of the source, a hash of the edited picture, where the two differ (1,024 cells)
 * and how (64 cells each: lighter, bluer, redder). Two edits of one picture have nearly equal hashes however different they
 * are, and only the rest tells them apart; a copy in another size or coding changes few bits of either.
 *
 * <p>The hashes are the signs of the 8 x 8 lowest frequencies of the picture's brightness against their median (pHash:
 * Zauner, 2010). Beside the bits stands by how much the mean colour of each of 64 parts changes: bits say too little of a
 * small change, whose parts they hardly reach, and of one that is stronger or weaker than another.
 */
public final class Fingerprint {
    /** Bits of a fingerprint: the largest distance. */
    public static final int BITS = 1344;

    private static final int CHANNELS = 3;
    private static final int PARTS = 8 * 8 * CHANNELS;
    /** Hexadecimal digits of one that is written. */
    public static final int DIGITS = BITS / 4 + 2 * PARTS;

    private static final int WORDS = BITS / 64;
    private static final int CHANGED = 2;
    private static final int CHANGED_CELLS = 32;
    private static final int SIGNED_CELLS = 8;
    private static final int LIGHTER = 18;
    private static final int BLUER = 19;
    private static final int REDDER = 20;
    /** Levels of 255; a new coding of a picture changes the mean of a cell by less. */
    private static final float NOTICEABLE = 3;
    /** The same for the mean of a part, in halves of 255 levels. */
    private static final int INVISIBLE = 1;

    private static final int FREQUENCIES = 8;
    private static final double[][] COSINES = cosines();

    private final long[] words;
    /** By how many halves of 255 levels the mean of a part changes, channel by channel. */
    private final byte[] changes;

    private Fingerprint(long[] words, byte[] changes) {
        this.words = words;
        this.changes = changes;
    }

    /** The fingerprint of an edit. */
    public static Fingerprint of(Miniature source, Miniature edited) {
        var words = new long[WORDS];
        words[0] = hash(source.brightness);
        words[1] = hash(edited.brightness);
        markChanged(words, source, edited);
        mark(words, LIGHTER, source.brightness, edited.brightness);
        mark(words, BLUER, source.blue, edited.blue);
        mark(words, REDDER, source.red, edited.red);
        return new Fingerprint(words, changes(source, edited));
    }

    /**
     * A fingerprint that was written as hexadecimal digits.
     *
     * @throws IllegalArgumentException when it was not
     */
    public static Fingerprint parse(String digits) {
        if (digits.length() != DIGITS) {
            throw new IllegalArgumentException("no fingerprint: " + digits);
        }
        var words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = Long.parseUnsignedLong(digits, 16 * i, 16 * (i + 1), 16);
        }
        return new Fingerprint(words, HexFormat.of().parseHex(digits, BITS / 4, DIGITS));
    }

    /** In how many bits two differ. */
    public int distance(Fingerprint other) {
        int distance = 0;
        for (int i = 0; i < WORDS; i++) {
            distance += Long.bitCount(words[i] ^ other.words[i]);
        }
        return distance;
    }

    /** Whether two differ in at most so many bits; most that do not are told by their first words. */
    boolean isWithin(int most, Fingerprint other) {
        int distance = 0;
        for (int i = 0; i < WORDS && distance <= most; i++) {
            distance += Long.bitCount(words[i] ^ other.words[i]);
        }
        return distance <= most;
    }

    /** Whether both change the mean colour of every part alike, as far as a new coding of the pictures leaves it. */
    boolean changesLike(Fingerprint other) {
        for (int part = 0; part < PARTS; part++) {
            if (Math.abs(changes[part] - other.changes[part]) > INVISIBLE) {
                return false;
            }
        }
        return true;
    }

    /** A bit of the two hashes, 0 to 127. */
    int hashBit(int bit) {
        return (int) (words[bit / 64] >>> (bit % 64) & 1);
    }

    private static long hash(float[] brightness) {
        double[] values = new double[FREQUENCIES * FREQUENCIES];
        double[] columns = new double[Miniature.SIDE];
        for (int v = 0; v < FREQUENCIES; v++) {
            for (int x = 0; x < Miniature.SIDE; x++) {
                double sum = 0;
                for (int y = 0; y < Miniature.SIDE; y++) {
                    sum += COSINES[v][y] * brightness[y * Miniature.SIDE + x];
                }
                columns[x] = sum;
            }
            for (int u = 0; u < FREQUENCIES; u++) {
                double sum = 0;
                for (int x = 0; x < Miniature.SIDE; x++) {
                    sum += COSINES[u][x] * columns[x];
                }
                values[v * FREQUENCIES + u] = sum;
            }
        }
        // the first is the mean of the picture, which says nothing of what is on it
        double[] sorted = Arrays.copyOfRange(values, 1, values.length);
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long hash = 0;
        for (int i = 1; i < values.length; i++) {
            hash |= values[i] > median ? 1L << i : 0;
        }
        return hash;
    }

    private static byte[] changes(Miniature source, Miniature edited) {
        var changes = new byte[PARTS];
        for (int cell = 0; cell < PARTS / CHANNELS; cell++) {
            changes[CHANNELS * cell] =
                    half(difference(source.brightness, edited.brightness, SIGNED_CELLS, cell, false));
            changes[CHANNELS * cell + 1] = half(difference(source.blue, edited.blue, SIGNED_CELLS, cell, false));
            changes[CHANNELS * cell + 2] = half(difference(source.red, edited.red, SIGNED_CELLS, cell, false));
        }
        return changes;
    }

    private static byte half(float levels) {
        return (byte) Math.clamp(Math.round(levels / 2), -127, 127);
    }

    private static void markChanged(long[] words, Miniature source, Miniature edited) {
        for (int cell = 0; cell < CHANGED_CELLS * CHANGED_CELLS; cell++) {
            float brightness = difference(source.brightness, edited.brightness, CHANGED_CELLS, cell, true);
            float blue = difference(source.blue, edited.blue, CHANGED_CELLS, cell, true);
            float red = difference(source.red, edited.red, CHANGED_CELLS, cell, true);
            if (Math.max(brightness, Math.max(blue, red)) > NOTICEABLE) {
                words[CHANGED + cell / 64] |= 1L << cell % 64;
            }
        }
    }

    private static void mark(long[] words, int word, float[] source, float[] edited) {
        for (int cell = 0; cell < SIGNED_CELLS * SIGNED_CELLS; cell++) {
            if (difference(source, edited, SIGNED_CELLS, cell, false) > NOTICEABLE) {
                words[word] |= 1L << cell;
            }
        }
    }

    /** Mean difference within a cell, with its sign or without. */
    private static float difference(float[] source, float[] edited, int cells, int cell, boolean absolute) {
        int side = Miniature.SIDE / cells;
        int left = cell % cells * side;
        int top = cell / cells * side;
        float sum = 0;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                float change = edited[y * Miniature.SIDE + x] - source[y * Miniature.SIDE + x];
                sum += absolute ? Math.abs(change) : change;
            }
        }
        return sum / (side * side);
    }

    private static double[][] cosines() {
        var cosines = new double[FREQUENCIES][Miniature.SIDE];
        for (int k = 0; k < FREQUENCIES; k++) {
            for (int n = 0; n < Miniature.SIDE; n++) {
                cosines[k][n] = Math.cos(Math.PI * k * (2 * n + 1) / (2 * Miniature.SIDE));
            }
        }
        return cosines;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint
                && Arrays.equals(words, fingerprint.words)
                && Arrays.equals(changes, fingerprint.changes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(words) + Arrays.hashCode(changes);
    }

    /** Hexadecimal digits. */
    @Override
    public String toString() {
        var digits = new StringBuilder();
        for (long word : words) {
            digits.append(HexFormat.of().toHexDigits(word));
        }
        return digits.append(HexFormat.of().formatHex(changes)).toString();
    }
}
