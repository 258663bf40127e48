package org.diptych.statistics.acquisition;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.reward.EditSet;
import org.diptych.reward.encoder.EditEncoder;

/** Edits of known quality with their features, in one file: encoding them takes longer than everything else in a study. */
public final class EncodedEdits {
    private EncodedEdits() {}

    /** The file's edits, or those of the folders, encoded and written to it first when it does not exist. */
    public static EditSet of(Path file, List<Path> folders, EditEncoder encoder) throws IOException {
        if (!Files.exists(file)) {
            write(file, encoded(file, folders, encoder), encoder.encoderId());
        }
        return read(file, encoder.encoderId());
    }

    private static EditSet encoded(Path file, List<Path> folders, EditEncoder encoder) throws IOException {
        var items = new ArrayList<EditSet.Item>();
        var features = new ArrayList<float[]>();
        for (var folder : folders) {
            var set =
                    EditSet.load(folder, file.resolveSibling(file.getFileName() + "." + folder.getFileName()), encoder);
            for (var item : set.items()) {
                int[] rows = item.rows().clone();
                for (int candidate = 0; candidate < rows.length; candidate++) {
                    rows[candidate] = features.size();
                    features.add(set.features()[item.rows()[candidate]]);
                }
                items.add(new EditSet.Item(
                        item.id(), item.source(), item.instruction(), item.concept(), rows, item.truth()));
            }
        }
        return new EditSet(items, features.toArray(float[][]::new));
    }

    private static void write(Path file, EditSet set, String encoderId) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeUTF(encoderId);
            out.writeInt(set.features().length);
            out.writeInt(set.features()[0].length);
            for (float[] row : set.features()) {
                for (float value : row) {
                    out.writeFloat(value);
                }
            }
            out.writeInt(set.items().size());
            for (var item : set.items()) {
                out.writeUTF(item.id());
                out.writeUTF(item.source());
                out.writeUTF(item.instruction());
                out.writeInt(item.rows().length);
                for (int candidate = 0; candidate < item.rows().length; candidate++) {
                    out.writeInt(item.rows()[candidate]);
                    for (int dimension = 0; dimension < EditSet.DIMENSIONS.size(); dimension++) {
                        out.writeInt(item.truth()[candidate][dimension]);
                    }
                }
            }
        }
    }

    private static EditSet read(Path file, String encoderId) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!in.readUTF().equals(encoderId)) {
                throw new IOException(file + " was encoded by another encoder; delete it");
            }
            var features = new float[in.readInt()][in.readInt()];
            for (float[] row : features) {
                for (int column = 0; column < row.length; column++) {
                    row[column] = in.readFloat();
                }
            }
            var items = new ArrayList<EditSet.Item>();
            for (int count = in.readInt(); count > 0; count--) {
                var id = in.readUTF();
                var source = in.readUTF();
                var instruction = in.readUTF();
                int[] rows = new int[in.readInt()];
                int[][] truth = new int[rows.length][EditSet.DIMENSIONS.size()];
                for (int candidate = 0; candidate < rows.length; candidate++) {
                    rows[candidate] = in.readInt();
                    for (int dimension = 0; dimension < truth[candidate].length; dimension++) {
                        truth[candidate][dimension] = in.readInt();
                    }
                }
                items.add(new EditSet.Item(id, source, instruction, "", rows, truth));
            }
            return new EditSet(items, features);
        }
    }
}
