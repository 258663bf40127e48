package org.diptych.service.image;

/**
 * The weights of an antialiased triangle filter along one axis: output i of m from n inputs, s = n / m, u = max(s, 1), centre
 * c = (i + 0.5) s, weight of input k = max(0, 1 - |k + 0.5 - c| / u), normalised. Java's own bilinear filter aliases when an
 * image shrinks by more than two, and whoever measures pictures feels single grey levels.
 */
public final class TriangleFilter {

    private final int inputs;
    private final int[] start;
    private final float[][] weights;

    private TriangleFilter(int inputs, int[] start, float[][] weights) {
        this.inputs = inputs;
        this.start = start;
        this.weights = weights;
    }

    /** The filter that turns a line of {@code inputs} samples into one of {@code outputs}, both at least 1. */
    public static TriangleFilter of(int inputs, int outputs) {
        double scale = (double) inputs / outputs;
        double support = Math.max(scale, 1);
        int[] start = new int[outputs];
        float[][] weights = new float[outputs][];
        for (int i = 0; i < outputs; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) Math.ceil(centre - support - 0.5));
            int last = Math.min(inputs - 1, (int) Math.floor(centre + support - 0.5));
            double[] row = new double[last - first + 1];
            double sum = 0;
            for (int k = first; k <= last; k++) {
                row[k - first] = Math.max(0, 1 - Math.abs(k + 0.5 - centre) / support);
                sum += row[k - first];
            }
            start[i] = first;
            weights[i] = new float[row.length];
            for (int k = 0; k < row.length; k++) {
                weights[i][k] = (float) (row[k] / sum);
            }
        }
        return new TriangleFilter(inputs, start, weights);
    }

    /** Filters every row of a plane whose rows have this filter's number of inputs. */
    public float[] horizontal(float[] plane, int rows) {
        int outputs = start.length;
        float[] result = new float[rows * outputs];
        int y = 0;
        // a sum waits for its last term: four rows at a time keep the processor busy meanwhile
        for (; y + 4 <= rows; y += 4) {
            fourRows(plane, y * inputs, result, y * outputs);
        }
        for (; y < rows; y++) {
            int base = y * inputs;
            for (int i = 0; i < outputs; i++) {
                float[] row = weights[i];
                int from = base + start[i];
                float sum = 0;
                for (int k = 0; k < row.length; k++) {
                    sum += row[k] * plane[from + k];
                }
                result[y * outputs + i] = sum;
            }
        }
        return result;
    }

    private void fourRows(float[] plane, int from, float[] result, int to) {
        int outputs = start.length;
        for (int i = 0; i < outputs; i++) {
            float[] row = weights[i];
            int first = from + start[i];
            int second = first + inputs;
            int third = second + inputs;
            int fourth = third + inputs;
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int k = 0; k < row.length; k++) {
                float weight = row[k];
                a += weight * plane[first + k];
                b += weight * plane[second + k];
                c += weight * plane[third + k];
                d += weight * plane[fourth + k];
            }
            result[to + i] = a;
            result[to + outputs + i] = b;
            result[to + 2 * outputs + i] = c;
            result[to + 3 * outputs + i] = d;
        }
    }

    /** Filters every column of a plane of the given width. */
    public float[] vertical(float[] plane, int width) {
        float[] result = new float[start.length * width];
        for (int i = 0; i < start.length; i++) {
            int target = i * width;
            for (int k = 0; k < weights[i].length; k++) {
                float weight = weights[i][k];
                int source = (start[i] + k) * width;
                for (int x = 0; x < width; x++) {
                    result[target + x] += weight * plane[source + x];
                }
            }
        }
        return result;
    }
}
