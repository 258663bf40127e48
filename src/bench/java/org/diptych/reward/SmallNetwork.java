package org.diptych.reward;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A network with one hidden layer of tanh units and a direct linear path, fitted to levels and to the comparisons that they imply within
 * an item, by Adam with decoupled decay, warm-up, cosine and dropout of inputs. Small enough for plain loops.
 */
final class SmallNetwork {

    private static final int HIDDEN = 48;
    private static final int OUTPUTS = EditSet.DIMENSIONS.size();
    private static final int STEPS = 1500;
    private static final int ITEMS_A_STEP = 32;
    private static final double RATE = 5e-3;
    private static final double DECAY = 1;
    private static final double DROPOUT = 0.3;
    /** Logits per level of difference. */
    private static final double SLOPE = 2;

    private final int inputs;
    private final Random random;
    private final Parameter hidden;
    private final Parameter hiddenBias;
    private final Parameter out;
    private final Parameter outBias;
    private final Parameter direct;

    /** An array with its gradient and Adam's moments. */
    private static final class Parameter {

        private final float[] value;
        private final float[] gradient;
        private final float[] first;
        private final float[] second;
        private final boolean decays;

        Parameter(int size, boolean decays) {
            value = new float[size];
            gradient = new float[size];
            first = new float[size];
            second = new float[size];
            this.decays = decays;
        }

        Parameter random(Random random, double deviation) {
            for (int i = 0; i < value.length; i++) {
                value[i] = (float) (deviation * random.nextGaussian());
            }
            return this;
        }

        void step(int step, double rate) {
            double correction1 = 1 - Math.pow(0.9, step);
            double correction2 = 1 - Math.pow(0.999, step);
            for (int i = 0; i < value.length; i++) {
                first[i] = 0.9f * first[i] + 0.1f * gradient[i];
                second[i] = 0.999f * second[i] + 0.001f * gradient[i] * gradient[i];
                double move = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + 1e-8);
                value[i] = (float) (value[i] * (decays ? 1 - rate * DECAY : 1) - rate * move);
                gradient[i] = 0;
            }
        }
    }

    SmallNetwork(int inputs, long seed) {
        this.inputs = inputs;
        random = new Random(seed);
        hidden = new Parameter(inputs * HIDDEN, true).random(random, 1 / Math.sqrt(inputs));
        hiddenBias = new Parameter(HIDDEN, false);
        out = new Parameter(HIDDEN * OUTPUTS, true).random(random, 1 / Math.sqrt(HIDDEN));
        outBias = new Parameter(OUTPUTS, false);
        direct = new Parameter(inputs * OUTPUTS, true);
    }

    /** Trains on candidates in the order of the items. */
    void train(float[][] x, List<EditSet.Item> items) {
        int[] starts = new int[items.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + items.get(i - 1).rows().length;
        }
        for (int o = 0; o < OUTPUTS; o++) {
            double sum = 0;
            for (var item : items) {
                for (int[] levels : item.truth()) {
                    sum += levels[o];
                }
            }
            outBias.value[o] = (float) (sum / x.length);
        }
        var parameters = List.of(hidden, hiddenBias, out, outBias, direct);
        for (int step = 1; step <= STEPS; step++) {
            for (int k = 0; k < ITEMS_A_STEP; k++) {
                int item = random.nextInt(items.size());
                learn(x, starts[item], items.get(item).truth());
            }
            double rate = RATE * Math.min(1, step / 50.0) * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
            for (var parameter : parameters) {
                parameter.step(step, rate);
            }
        }
    }

    private void learn(float[][] x, int start, int[][] truth) {
        int n = truth.length;
        float[][] in = new float[n][inputs];
        float[][] unit = new float[n][HIDDEN];
        double[][] level = new double[n][OUTPUTS];
        for (int c = 0; c < n; c++) {
            for (int i = 0; i < inputs; i++) {
                in[c][i] = random.nextFloat() < DROPOUT ? 0 : (float) (x[start + c][i] / (1 - DROPOUT));
            }
            forward(in[c], unit[c], level[c]);
        }
        double[][] slope = new double[n][OUTPUTS];
        for (int a = 0; a < n; a++) {
            for (int o = 0; o < OUTPUTS; o++) {
                slope[a][o] += (level[a][o] - truth[a][o]) / n;
            }
            for (int b = 0; b < n; b++) {
                compare(slope[a], level[a], level[b], truth[a], truth[b], 2.0 / (n * (n - 1)));
            }
        }
        for (int c = 0; c < n; c++) {
            backward(in[c], unit[c], slope[c]);
        }
    }

    /** The comparison of two candidates on each output and on their sum; equal levels are drawn together. */
    private static void compare(double[] slope, double[] a, double[] b, int[] truthA, int[] truthB, double weight) {
        double sum = 0;
        int truthSum = 0;
        for (int o = 0; o < OUTPUTS; o++) {
            double difference = a[o] - b[o];
            slope[o] += weight * pull(difference, truthA[o] - truthB[o]);
            sum += difference;
            truthSum += truthA[o] - truthB[o];
        }
        double shared = weight * pull(sum, truthSum);
        for (int o = 0; o < OUTPUTS; o++) {
            slope[o] += shared;
        }
    }

    private static double pull(double difference, int truth) {
        if (truth == 0) {
            return difference / 2;
        }
        double sign = Math.signum(truth);
        return -SLOPE * sign / (1 + Math.exp(SLOPE * sign * difference));
    }

    private void forward(float[] in, float[] unit, double[] level) {
        System.arraycopy(hiddenBias.value, 0, unit, 0, HIDDEN);
        for (int o = 0; o < OUTPUTS; o++) {
            level[o] = outBias.value[o];
        }
        for (int i = 0; i < inputs; i++) {
            float v = in[i];
            if (v != 0) {
                for (int h = 0; h < HIDDEN; h++) {
                    unit[h] += v * hidden.value[i * HIDDEN + h];
                }
                for (int o = 0; o < OUTPUTS; o++) {
                    level[o] += v * direct.value[i * OUTPUTS + o];
                }
            }
        }
        for (int h = 0; h < HIDDEN; h++) {
            unit[h] = (float) Math.tanh(unit[h]);
            for (int o = 0; o < OUTPUTS; o++) {
                level[o] += unit[h] * out.value[h * OUTPUTS + o];
            }
        }
    }

    private void backward(float[] in, float[] unit, double[] slope) {
        float[] back = new float[HIDDEN];
        for (int o = 0; o < OUTPUTS; o++) {
            float s = (float) (slope[o] / ITEMS_A_STEP);
            outBias.gradient[o] += s;
            for (int h = 0; h < HIDDEN; h++) {
                out.gradient[h * OUTPUTS + o] += s * unit[h];
                back[h] += s * out.value[h * OUTPUTS + o];
            }
            for (int i = 0; i < inputs; i++) {
                direct.gradient[i * OUTPUTS + o] += s * in[i];
            }
        }
        for (int h = 0; h < HIDDEN; h++) {
            back[h] *= 1 - unit[h] * unit[h];
            hiddenBias.gradient[h] += back[h];
        }
        for (int i = 0; i < inputs; i++) {
            if (in[i] != 0) {
                for (int h = 0; h < HIDDEN; h++) {
                    hidden.gradient[i * HIDDEN + h] += in[i] * back[h];
                }
            }
        }
    }

    /** The parameters under the names that {@link org.diptych.reward.encoder.Experience} reads. */
    Map<String, float[]> arrays() {
        return Map.of(
                "hidden", hidden.value,
                "hiddenBias", hiddenBias.value,
                "out", out.value,
                "outBias", outBias.value,
                "direct", direct.value);
    }
}
