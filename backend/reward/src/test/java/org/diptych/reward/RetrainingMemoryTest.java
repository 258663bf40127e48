package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Training again and again in one process must not grow it: neither its heap nor its native memory. */
class RetrainingMemoryTest {

    private static final int WARM_UP = 3;
    private static final int RETRAININGS = 10;
    private static final long ALLOWED_MEGABYTES = 48;

    @Test
    @EnabledOnOs(OS.LINUX)
    void ten_retrainings_leave_memory_flat() throws IOException, InterruptedException {
        // a process of its own with a fixed, touched heap: whatever grows there is native
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+AlwaysPreTouch",
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Retrainings.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(Long.parseLong(printed.strip().lines().toList().getLast())).isLessThan(ALLOWED_MEGABYTES);
    }

    /** Trains again and again, and prints by how many megabytes the process has grown. */
    static final class Retrainings {
        private static final TrainingSettings SHORT =
                TrainingSettings.defaults().withMembers(5).withFolds(2).withSteps(40);

        public static void main(String[] arguments) throws IOException {
            var labels = new SyntheticLabels(1);
            var set = labels.set(labels.ratings());
            long before = 0;
            for (int run = 0; run < WARM_UP + RETRAININGS; run++) {
                if (run == WARM_UP) {
                    before = residentMegabytes();
                }
                var provenance = new Provenance("snapshot", "protocol", "revision", run, "synthetic", "cpu");
                try (var trained = new RewardTrainer().train(set, SHORT, provenance, TrainingListener.SILENT)) {
                    trained.model().score(labels.features);
                }
            }
            System.out.println(residentMegabytes() - before);
        }

        private static long residentMegabytes() throws IOException {
            System.gc();
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
            throw new IOException("/proc/self/status has no VmRSS");
        }
    }
}
