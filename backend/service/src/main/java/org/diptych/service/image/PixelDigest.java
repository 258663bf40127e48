package org.diptych.service.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.diptych.protocol.text.Sha256;

/** SHA-256 of a picture's size and pixels in sRGB: two files that show the same have the same, whatever their format. */
final class PixelDigest {
    private static final int ROWS = 64;

    private PixelDigest() {}

    static String of(BufferedImage picture) {
        int width = picture.getWidth();
        var digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(width)
                .putInt(picture.getHeight())
                .flip());
        var bytes = ByteBuffer.allocate(ROWS * width * Integer.BYTES);
        for (int y = 0; y < picture.getHeight(); y += ROWS) {
            int rows = Math.min(ROWS, picture.getHeight() - y);
            // a few rows at a time: the picture itself takes memory enough
            var part = new BufferedImage(width, rows, BufferedImage.TYPE_INT_ARGB);
            var graphics = part.createGraphics();
            graphics.drawImage(picture.getSubimage(0, y, width, rows), 0, 0, null);
            graphics.dispose();
            bytes.clear().asIntBuffer().put(((DataBufferInt) part.getRaster().getDataBuffer()).getData());
            digest.update(bytes.limit(rows * width * Integer.BYTES));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
