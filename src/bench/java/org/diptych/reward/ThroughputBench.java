package org.diptych.reward;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.PyTorch;
import org.diptych.reward.finetune.TuningPair;
import org.diptych.reward.finetune.TuningTask;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many candidates are encoded, labels trained on, pairs scored, and labels tuned on in a second. Arguments, one measurement a
 * process, since the engine takes its threads once:
 *
 * <ul>
 *   <li>{@code encode FOLDER THREADS [ITEMS]}: a folder with {@code manifest.jsonl}, whose pictures are brought to 1,024 x 1,024 first
 *   <li>{@code train THREADS [LABELS]}: the heads that score, on features of the embedded encoder's layout
 *   <li>{@code tune CONFIGURATION LABELS}: a TorchScript backbone, on pictures of noise
 * </ul>
 */
public final class ThroughputBench {

    private static final int SIDE = 1024;
    private static final int ROUNDS = 4;

    private ThroughputBench() {}

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "encode" ->
                encode(
                        Path.of(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments.length > 3 ? Integer.parseInt(arguments[3]) : 20);
            case "train" -> {
                System.setProperty("ai.djl.pytorch.num_threads", arguments[1]);
                train(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4096);
            }
            case "tune" -> tune(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException("encode, train or tune, not " + arguments[0]);
        }
    }

    private record Item(byte[] source, List<byte[]> edits, String instruction) {}

    private static void encode(Path folder, int threads, int items) throws Exception {
        try (var encoder = new EmbeddedEditEncoder();
                var pool = Executors.newFixedThreadPool(threads)) {
            for (var format : List.of("jpg", "png")) {
                var tasks = new ArrayList<Callable<Integer>>();
                for (var item : read(folder, format, items)) {
                    tasks.add(() -> {
                        var source = decode(item.source());
                        for (byte[] edit : item.edits()) {
                            encoder.encode(source, decode(edit), item.instruction());
                        }
                        return item.edits().size();
                    });
                }
                double best = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    long start = System.nanoTime();
                    int done = 0;
                    for (var task : pool.invokeAll(tasks)) {
                        done += task.get();
                    }
                    double rate = done / seconds(start);
                    print("%s, %d threads, round %d: %.1f candidates/s", format, threads, round + 1, rate);
                    best = Math.max(best, rate);
                }
                print("| %s | %d | %.1f |", format, threads, best);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<Item> read(Path folder, String format, int most) throws IOException {
        var items = new ArrayList<Item>();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            if (items.size() < most) {
                var node = new JsonMapper().readTree(line);
                var edits = new ArrayList<byte[]>();
                for (var candidate : node.get("candidates")) {
                    edits.add(large(folder.resolve(candidate.get("image").asString()), format));
                }
                items.add(new Item(
                        large(folder.resolve(node.get("source").asString()), format),
                        edits,
                        node.get("instruction").asString()));
            }
        }
        return items;
    }

    private static byte[] large(Path file, String format) throws IOException {
        var picture = ImageIO.read(file.toFile());
        var large = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        var graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, SIDE, SIDE, null);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(large, format, bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage decode(byte[] file) throws IOException {
        return ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
    }

    /** Labels of four candidates an item, with ratings that follow the first features. */
    private static void train(int labels) {
        try (var encoder = new EmbeddedEditEncoder()) {
            var random = new Random(1);
            int dimension = encoder.dimension();
            float[][] features = new float[Math.max(8, labels / 2)][dimension];
            for (float[] row : features) {
                for (int i = 0; i < dimension; i++) {
                    row[i] = (float) random.nextGaussian();
                }
            }
            var examples = new ArrayList<TrainingExample>();
            for (int i = 0; i < labels; i++) {
                int item = random.nextInt(features.length / 4);
                int first = 4 * item + random.nextInt(4);
                int second = 4 * item + (first + 1 + random.nextInt(3)) % 4;
                examples.add(new TrainingExample(
                        first,
                        second,
                        "group-" + item,
                        "instruction-" + item % 50,
                        "annotator-" + i % 8,
                        1,
                        random.nextBoolean(),
                        List.of(
                                new Answer.Rated(level(features[first][0]), level(features[second][0])),
                                new Answer.Rated(level(features[first][1]), level(features[second][1])))));
            }
            var settings = TrainingSettings.defaults();
            var set = new TrainingSet(
                    EditSet.DIMENSIONS, 4, encoder.encoderId(), encoder.layout(), FeatureTable.of(features), examples);
            var steps = new StepClock();
            long start = System.nanoTime();
            try (var trained = new RewardTrainer()
                    .train(set, settings, new Provenance("", "", "", 1, encoder.encoderId(), ""), steps)) {
                print("training on %d labels took %.1f s", labels, seconds(start));
                print(
                        "final fit, %d members: %.0f pairs/s",
                        settings.members(), steps.rate() * Math.min(labels, settings.batchSize()));
                score(trained.model(), features);
            }
        }
    }

    private static void score(RewardModel model, float[][] features) {
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int scored = 0;
            while (seconds(start) < 2) {
                scored += model.score(features).size();
            }
            double rate = scored / seconds(start);
            print("scoring: %.0f candidates/s, %.0f pairs/s", rate, rate / 2);
        }
    }

    private static int level(float value) {
        return value < -0.7 ? 1 : value < 0 ? 2 : value < 0.7 ? 3 : 4;
    }

    /** Steps a second of the final fit, without its first report. */
    private static final class StepClock implements TrainingListener {
        private long started;
        private long last;
        private int first;
        private int step;

        @Override
        public void progressed(TrainingProgress progress) {
            if (progress.phase() == TrainingProgress.Phase.FITTING) {
                last = System.nanoTime();
                step = progress.step();
                if (started == 0) {
                    started = last;
                    first = step;
                }
            }
        }

        double rate() {
            return (step - first) / ((last - started) / 1e9);
        }
    }

    private static void tune(Path file, int labels) throws IOException {
        var configuration = (EncoderConfiguration.Exported) EncoderConfiguration.read(file);
        var folder = file.toAbsolutePath().resolveSibling("");
        var random = new Random(1);
        var pictures = new ArrayList<BufferedImage>();
        for (int i = 0; i < 8; i++) {
            var picture = new BufferedImage(configuration.size(), configuration.size(), BufferedImage.TYPE_3BYTE_BGR);
            for (int p = 0; p < picture.getWidth() * picture.getHeight(); p++) {
                picture.setRGB(p % picture.getWidth(), p / picture.getWidth(), random.nextInt());
            }
            pictures.add(picture);
        }
        var pairs = new ArrayList<TuningPair>();
        for (int i = 0; i < labels; i++) {
            pairs.add(new TuningPair(
                    "0", "" + (1 + i % 7), "" + (1 + (i + 3) % 7), "", List.of(Verdict.FIRST, Verdict.SECOND)));
        }
        var task = new TuningTask(
                configuration,
                folder,
                configuration.encoderId(folder),
                pairs,
                2,
                name -> pictures.get(Integer.parseInt(name)),
                1,
                Files.createTempDirectory("tuning"));
        long[] started = {0, 0};
        task.run(Files.createTempDirectory("tuned"), (step, steps, _) -> {
            if (step == Math.max(1, steps / 10)) {
                started[0] = System.nanoTime();
                started[1] = step;
            }
            if (step == steps) {
                int accumulate = java.util.Objects.requireNonNull(configuration.fineTune())
                        .accumulate();
                print(
                        "tuning on %s: %.1f pairs/s",
                        PyTorch.device(), (step - started[1]) * accumulate / seconds(started[0]));
            }
        });
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
