package org.diptych.statistics.acquisition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Batches of 500 from pools of up to a million pairs with 256 features: seconds per policy, peak memory of the process,
 * and what the front's limit loses against the exact greedy rule on a pool where that is affordable. Prints Markdown.
 * Features are Gaussian with falling scales and heavy-tailed lengths, five pairs an item; 2,000 past labels.
 */
final class LargePoolBench {
    private static final int WIDTH = 256;
    private static final int BATCH = 500;
    private static final Caps CAPS = new Caps(2, 4);

    private LargePoolBench() {}

    public static void main(String[] arguments) throws IOException {
        speed();
        System.out.println();
        loss();
    }

    private static void speed() throws IOException {
        System.out.println("| pairs | policy | seconds for a batch of 500 | peak memory of the process, MiB |");
        System.out.println("|---|---|---|---|");
        for (int size : new int[] {200_000, 1_000_000}) {
            var pool = pool(size);
            var past = past(pool);
            for (var policy : AcquisitionPolicy.all()) {
                long start = System.nanoTime();
                var batch = policy.select(pool, past, BATCH, CAPS, .1, new SplittableRandom(1));
                double seconds = (System.nanoTime() - start) / 1e9;
                if (batch.chosen().size() != BATCH) {
                    throw new IllegalStateException("Only " + batch.chosen().size());
                }
                System.out.printf(
                        Locale.ROOT, "| %,d | %s | %.1f | %s |%n", size, policy.name(), seconds, peakMemory());
            }
        }
    }

    private static void loss() {
        System.out.println(
                "| pairs | policy | front | seconds | gain of the batch | loss against exact greedy | same pairs |");
        System.out.println("|---|---|---|---|---|---|---|");
        var pool = pool(100_000);
        var past = past(pool);
        for (var exact : List.<AcquisitionPolicy>of(new DOptimal(pool.size()), new VOptimal(pool.size()))) {
            var reference = exact.select(pool, past, BATCH, CAPS, 0, new SplittableRandom(1));
            double best = gain(reference);
            for (int front : new int[] {500, 2_000, 20_000, pool.size()}) {
                var policy = exact instanceof DOptimal ? new DOptimal(front) : new VOptimal(front);
                long start = System.nanoTime();
                var batch = policy.select(pool, past, BATCH, CAPS, 0, new SplittableRandom(1));
                double seconds = (System.nanoTime() - start) / 1e9;
                var same = IntStream.of(batch.pairs())
                        .filter(pair -> IntStream.of(reference.pairs()).anyMatch(other -> other == pair))
                        .count();
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %s | %,d | %.1f | %.4f | %.3f %% | %d of %d |%n",
                        pool.size(),
                        policy.name(),
                        front,
                        seconds,
                        gain(batch),
                        100 * (1 - gain(batch) / best),
                        same,
                        BATCH);
            }
        }
    }

    /** Gains are increments of one objective, so their sum is what the batch achieves. */
    private static double gain(Batch batch) {
        return batch.chosen().stream()
                .mapToDouble(chosen -> chosen.scores().getOrDefault("gain", 0.0))
                .sum();
    }

    private static Pool pool(int size) {
        var features = FeatureMatrix.zeros(size, WIDTH);
        var first = new float[size];
        var tie = new float[size];
        var epistemic = new float[size];
        IntStream.range(0, size).parallel().forEach(pair -> {
            var random = new SplittableRandom(pair * 7_919L);
            var row = new float[WIDTH];
            double length = Math.exp(.5 * random.nextGaussian());
            for (int column = 0; column < WIDTH; column++) {
                row[column] = (float) (length * random.nextGaussian() / Math.sqrt(1 + column));
            }
            features.set(pair, row);
            double win = Logistic.sigmoid(3 * row[0] + row[1]);
            tie[pair] = (float) (.6 * win * (1 - win));
            first[pair] = (float) (win - tie[pair] / 2);
            epistemic[pair] = (float) (length * .5);
        });
        int[] items = IntStream.range(0, size).map(pair -> pair / 5).toArray();
        return new Pool(features, items, items, first, tie, epistemic);
    }

    private static Past past(Pool pool) {
        int[] labelled = IntStream.range(0, 2_000).map(label -> label * 37).toArray();
        double[] information =
                IntStream.of(labelled).mapToDouble(pool::information).toArray();
        return Past.of(new Subset(pool.features(), labelled), information, 1);
    }

    private static String peakMemory() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> "%,d".formatted(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElse("unknown");
    }
}
