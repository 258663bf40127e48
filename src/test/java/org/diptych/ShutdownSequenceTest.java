package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    /** A process with a library that cleans up at its end, as the network's runtime does. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            var sequence = new ShutdownSequence();
            sequence.add(() -> System.out.println("database"));
            sequence.add(() -> {
                Thread.sleep(500);
                System.out.println("training");
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("library")));
            System.out.println("ready");
            Thread.sleep(60_000);
        }
    }

    @Test
    void at_a_signal_everything_is_closed_in_order_before_libraries_take_away_what_it_uses() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            process.toHandle().destroy();
            assertThat(said.lines()).containsExactly("training", "database", "library");
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
    }
}
