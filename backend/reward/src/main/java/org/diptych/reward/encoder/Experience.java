package org.diptych.reward.encoder;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was learned once, from scripted edits of known quality, about how change, defects and request make levels: an average of small
 * networks with one hidden layer, whose outputs are features like any other. A campaign's heads learn from its own labels how far to
 * follow them, so that the first few hundred labels need not teach what a blur or an unanswered request is worth.
 *
 * <p>Made by {@code org.diptych.reward.FitExperience} among the benchmarks.
 */
public final class Experience {

    /** Where it lies on the class path: weights, and the names of the features they read, one a line. */
    public static final String WEIGHTS = "experience.safetensors";

    /** Names of the features read, one a line, in order. */
    public static final String INPUTS = "experience-inputs.txt";

    private static final float LIMIT = 5;

    private final byte[] file;
    private final List<String> names;
    private final float[] mean;
    private final float[] scale;
    private final List<Member> members = new ArrayList<>();

    /** One network: outputs = out^T tanh(hidden^T x + hiddenBias) + direct^T x + outBias, matrices in row order by input. */
    private record Member(float[] hidden, float[] hiddenBias, float[] out, float[] outBias, float[] direct) {}

    private Experience(byte[] file, List<String> names) {
        this.file = file;
        this.names = names;
        var arrays = new HashMap<String, float[]>();
        try (var manager = PyTorch.newManager(ai.djl.Device.cpu());
                var list = NDList.decode(manager, file)) {
            for (var array : list) {
                arrays.put(array.getName(), array.toFloatArray());
            }
        }
        mean = array(arrays, "mean");
        scale = array(arrays, "scale");
        for (int m = 0; arrays.containsKey("hidden." + m); m++) {
            members.add(new Member(
                    array(arrays, "hidden." + m),
                    array(arrays, "hiddenBias." + m),
                    array(arrays, "out." + m),
                    array(arrays, "outBias." + m),
                    array(arrays, "direct." + m)));
        }
        if (members.isEmpty() || mean.length != names.size()) {
            throw new EncodingException("the embedded experience does not fit its list of features");
        }
    }

    /**
     * Loads what the product comes with.
     *
     * @throws EncodingException if it is missing from the class path or damaged
     */
    static Experience load() {
        return of(
                read(WEIGHTS),
                new String(read(INPUTS), StandardCharsets.UTF_8).lines().toList());
    }

    /**
     * Reads weights.
     *
     * @param file safetensors
     * @param names of the features they read
     */
    public static Experience of(byte[] file, List<String> names) {
        return new Experience(file, names);
    }

    /** The bytes of the weights, for the encoder's digest. */
    byte[] file() {
        return file;
    }

    /** Number of outputs. */
    public int outputs() {
        return members.getFirst().outBias().length;
    }

    /**
     * Where the features that it reads stand in a vector.
     *
     * @param all names of the vector's features
     * @throws EncodingException if one is missing
     */
    public int[] positions(List<String> all) {
        int[] positions = new int[names.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = all.indexOf(names.get(i));
            if (positions[i] < 0) {
                throw new EncodingException("the embedded experience reads the feature " + names.get(i)
                        + ", which the encoder does not make; fit it again");
            }
        }
        return positions;
    }

    /**
     * Its opinion on one edit: estimated levels, instruction following first, then the hidden opinions that follow.
     *
     * @param features a vector
     * @param positions from {@link #positions}
     */
    public float[] apply(float[] features, int[] positions) {
        float[] x = new float[mean.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.clamp((features[positions[i]] - mean[i]) * scale[i], -LIMIT, LIMIT);
        }
        float[] sum = new float[outputs()];
        for (var member : members) {
            float[] hidden = times(x, member.hidden(), member.hiddenBias());
            for (int h = 0; h < hidden.length; h++) {
                hidden[h] = (float) Math.tanh(hidden[h]);
            }
            float[] deep = times(hidden, member.out(), member.outBias());
            float[] direct = times(x, member.direct(), new float[sum.length]);
            for (int o = 0; o < sum.length; o++) {
                sum[o] += (deep[o] + direct[o]) / members.size();
            }
        }
        return sum;
    }

    private static float[] times(float[] x, float[] matrix, float[] bias) {
        float[] result = bias.clone();
        int columns = bias.length;
        for (int i = 0; i < x.length; i++) {
            for (int c = 0; c < columns; c++) {
                result[c] += x[i] * matrix[i * columns + c];
            }
        }
        return result;
    }

    private static float[] array(Map<String, float[]> arrays, String name) {
        var array = arrays.get(name);
        if (array == null) {
            throw new EncodingException("the embedded experience lacks the array " + name);
        }
        return array;
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Experience.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new EncodingException("the resource " + resource + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new EncodingException("the resource " + resource + " cannot be read", e);
        }
    }
}
