package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.Experience;
import org.diptych.reward.encoder.PyTorch;

/**
 * Fits {@link Experience} to a campaign of {@link ScriptedCampaign}. Arguments: folder of the campaign, folder for work, part, output
 * folder. The part is all, fit or fit-other: see there.
 */
public final class FitExperience {

    private static final int MEMBERS = 5;

    private FitExperience() {}

    /** Encodes, fits and writes the two files. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var work = Path.of(arguments[1]);
        var output = Path.of(arguments[3]);
        Files.createDirectories(work);
        Files.createDirectories(output);
        EditSet set;
        List<String> names;
        try (var encoder = EmbeddedEditEncoder.inexperienced()) {
            set = EditSet.load(folder, work.resolve("features"), encoder);
            names = encoder.featureNames();
        }
        int[] inputs = inputs(names);
        var items = part(set, arguments[2]);
        System.err.printf("%d items, %d inputs%n", items.size(), inputs.length);
        Files.write(
                output.resolve(Experience.INPUTS),
                Arrays.stream(inputs).mapToObj(names::get).toList());
        Files.write(output.resolve(Experience.WEIGHTS), fit(set, items, inputs));
    }

    /** Measured features and matches; neither learned channels nor the instruction itself, which would be learned by heart. */
    static int[] inputs(List<String> names) {
        var left = List.of("product.", "instruction.", "pooled.shift.", "experience.");
        var chosen = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (left.stream().noneMatch(name::startsWith) && !name.matches("block\\d+\\.shift\\..*")) {
                chosen.add(i);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<EditSet.Item> part(EditSet set, String part) {
        return set.items().stream()
                .filter(item -> Set.of(item.concept().split("\\+")).stream()
                        .allMatch(concept -> ScriptedCampaign.isIn(part, concept)))
                .toList();
    }

    /** The weights file of networks that were fitted to some items of a set. */
    static byte[] fit(EditSet set, List<EditSet.Item> items, int[] inputs) {
        var standardization = Standardization.of(FeatureTable.of(rows(set, items, inputs)));
        float[][] x = rows(set, items, inputs);
        for (int row = 0; row < x.length; row++) {
            standardization.apply(x[row].clone(), x[row], 0);
        }
        var network = new ArrayList<SmallNetwork>();
        for (int member = 0; member < MEMBERS; member++) {
            var one = new SmallNetwork(inputs.length, member);
            one.train(x, items);
            network.add(one);
        }
        try (var manager = PyTorch.newManager(ai.djl.Device.cpu())) {
            var list = new NDList();
            add(list, manager.create(standardization.mean()), "mean");
            add(list, manager.create(standardization.scale()), "scale");
            for (int member = 0; member < MEMBERS; member++) {
                var arrays = network.get(member).arrays();
                for (var entry : arrays.entrySet()) {
                    add(
                            list,
                            manager.create(entry.getValue(), new Shape(entry.getValue().length)),
                            entry.getKey() + "." + member);
                }
            }
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    private static float[][] rows(EditSet set, List<EditSet.Item> items, int[] inputs) {
        var rows = new ArrayList<float[]>();
        for (var item : items) {
            for (int row : item.rows()) {
                float[] x = new float[inputs.length];
                for (int i = 0; i < x.length; i++) {
                    x[i] = set.features()[row][inputs[i]];
                }
                rows.add(x);
            }
        }
        return rows.toArray(float[][]::new);
    }

    private static void add(NDList list, NDArray array, String name) {
        array.setName(name);
        list.add(array);
    }
}
