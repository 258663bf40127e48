package org.diptych.service.image;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ICC profiles (ICC.1:2022) of colour spaces that are given by their primaries and one curve, so that whatever way a file
 * states its colours, the same conversion is used.
 */
final class MatrixProfile {
    private static final int HEADER = 128;
    private static final int TAG = 12;
    /** The white of profiles, D50. */
    private static final double[] PROFILE_WHITE = {0.9642, 1, 0.8249};

    /** Bradford's cone responses. */
    private static final double[][] CONES = {
        {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
    };

    private MatrixProfile() {}

    /** Chromaticities of white, red, green and blue: x, y in turn. */
    record Primaries(double... coordinates) {
        static final Primaries BT_709 = new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
        static final Primaries BT_2020 = new Primaries(0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
        static final Primaries DISPLAY_P3 = new Primaries(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);

        /** X, Y, Z of white (0) to blue (3) at Y = 1. */
        double[] tristimulus(int which) {
            double x = coordinates[2 * which];
            double y = coordinates[2 * which + 1];
            return new double[] {x / y, 1, (1 - x - y) / y};
        }

        /** Whether all coordinates are those of the other within the precision in which files state them. */
        boolean isLike(Primaries other) {
            for (int i = 0; i < coordinates.length; i++) {
                if (Math.abs(coordinates[i] - other.coordinates[i]) > 0.002) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The parameters g, a, b, c, d of linear = (a v + b)^g from v = d on, c v below. */
    record Curve(double... parameters) {
        static final Curve SRGB = new Curve(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
        static final Curve BT_709 = new Curve(1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081);

        static Curve power(double exponent) {
            return new Curve(exponent, 1, 0, 0, 0);
        }
    }

    /**
     * The profile.
     *
     * @throws IllegalArgumentException where these primaries span no colours
     */
    static ICC_Profile of(Primaries primaries, Curve curve) {
        var tags = new LinkedHashMap<String, byte[]>();
        tags.put("desc", text("stated in the file"));
        tags.put("cprt", text("none"));
        tags.put("wtpt", xyz(PROFILE_WHITE));
        double[][] colorants = colorants(primaries);
        tags.put("rXYZ", xyz(colorants[0]));
        tags.put("gXYZ", xyz(colorants[1]));
        tags.put("bXYZ", xyz(colorants[2]));
        for (var name : new String[] {"rTRC", "gTRC", "bTRC"}) {
            tags.put(name, curve(curve));
        }
        return ICC_Profile.getInstance(assembled(tags));
    }

    /** Red, green and blue as seen in the profiles' white; together they are that white. */
    private static double[][] colorants(Primaries primaries) {
        double[][] columns = {primaries.tristimulus(1), primaries.tristimulus(2), primaries.tristimulus(3)};
        double[] white = primaries.tristimulus(0);
        double[] amounts = multiply(inverse(transposed(columns)), white);
        double[] seen = multiply(CONES, white);
        double[] wanted = multiply(CONES, PROFILE_WHITE);
        double[][] result = new double[3][];
        for (int i = 0; i < 3; i++) {
            double[] response = multiply(CONES, columns[i]);
            for (int cone = 0; cone < 3; cone++) {
                response[cone] *= amounts[i] * wanted[cone] / seen[cone];
            }
            result[i] = multiply(inverse(CONES), response);
        }
        return result;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] result = new double[3][3];
        for (int i = 0; i < 9; i++) {
            result[i / 3][i % 3] = matrix[i % 3][i / 3];
        }
        return result;
    }

    private static double[] multiply(double[][] matrix, double[] vector) {
        double[] result = new double[3];
        for (int i = 0; i < 9; i++) {
            result[i / 3] += matrix[i / 3][i % 3] * vector[i % 3];
        }
        return result;
    }

    private static double[][] inverse(double[][] m) {
        double[][] result = new double[3][3];
        for (int i = 0; i < 9; i++) {
            int row = i / 3;
            int column = i % 3;
            // the cofactor of the transposed place; the cyclic order carries its sign
            result[row][column] = m[(column + 1) % 3][(row + 1) % 3] * m[(column + 2) % 3][(row + 2) % 3]
                    - m[(column + 1) % 3][(row + 2) % 3] * m[(column + 2) % 3][(row + 1) % 3];
        }
        double determinant = m[0][0] * result[0][0] + m[0][1] * result[1][0] + m[0][2] * result[2][0];
        if (!(Math.abs(determinant) > 1e-6)) {
            throw new IllegalArgumentException("the primaries lie on a line");
        }
        for (int i = 0; i < 9; i++) {
            result[i / 3][i % 3] /= determinant;
        }
        return result;
    }

    private static byte[] assembled(Map<String, byte[]> tags) {
        int length = HEADER + 4 + TAG * tags.size();
        for (var content : tags.values()) {
            length += content.length;
        }
        var profile = ByteBuffer.allocate(length);
        profile.putInt(length).putInt(0).putInt(0x04300000);
        profile.put(ascii("mntrRGB XYZ "));
        profile.position(36).put(ascii("acsp"));
        profile.position(68);
        profile.put(xyz(PROFILE_WHITE), 8, 12);
        profile.position(HEADER).putInt(tags.size());
        int offset = HEADER + 4 + TAG * tags.size();
        for (var tag : tags.entrySet()) {
            profile.put(ascii(tag.getKey())).putInt(offset).putInt(tag.getValue().length);
            offset += tag.getValue().length;
        }
        tags.values().forEach(profile::put);
        return profile.array();
    }

    private static byte[] xyz(double[] value) {
        return fixed("XYZ ", value);
    }

    private static byte[] curve(Curve curve) {
        var content = fixed("para", curve.parameters());
        var result = ByteBuffer.allocate(content.length + 4);
        // function type 3, two reserved bytes
        return result.put(content, 0, 8)
                .putShort((short) 3)
                .putShort((short) 0)
                .put(content, 8, content.length - 8)
                .array();
    }

    private static byte[] fixed(String type, double[] numbers) {
        var result =
                ByteBuffer.allocate(8 + 4 * numbers.length).put(ascii(type)).putInt(0);
        for (double number : numbers) {
            if (!(Math.abs(number) < 32_768)) {
                throw new IllegalArgumentException("beyond the range of a profile: " + number);
            }
            result.putInt((int) Math.round(number * 65_536));
        }
        return result.array();
    }

    private static byte[] text(String text) {
        var content = text.getBytes(StandardCharsets.UTF_16BE);
        int padded = (28 + content.length + 3) / 4 * 4;
        return ByteBuffer.allocate(padded)
                .put(ascii("mluc"))
                .putInt(0)
                .putInt(1)
                .putInt(12)
                .put(ascii("enUS"))
                .putInt(content.length)
                .putInt(28)
                .put(content)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
