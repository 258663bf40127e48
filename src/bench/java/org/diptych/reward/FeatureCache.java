package org.diptych.reward;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Features of a set in a file, so that a study encodes once: encoder id, rows, columns, numbers. */
final class FeatureCache {

    private FeatureCache() {}

    /** Makes the rows if the file has none of this encoder. */
    interface Encoding {
        float[][] rows() throws IOException;
    }

    static float[][] read(Path file, String encoderId, Encoding encoding) throws IOException {
        if (Files.exists(file)) {
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                if (in.readUTF().equals(encoderId)) {
                    float[][] rows = new float[in.readInt()][in.readInt()];
                    for (float[] row : rows) {
                        for (int i = 0; i < row.length; i++) {
                            row[i] = in.readFloat();
                        }
                    }
                    return rows;
                }
            }
        }
        float[][] rows = encoding.rows();
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeUTF(encoderId);
            out.writeInt(rows.length);
            out.writeInt(rows[0].length);
            for (float[] row : rows) {
                for (float value : row) {
                    out.writeFloat(value);
                }
            }
        }
        Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return rows;
    }
}
