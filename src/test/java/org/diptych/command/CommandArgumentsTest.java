package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandArgumentsTest {
    @Test
    void what_could_not_be_read_is_taken_from_the_command_line_as_it_was_typed() {
        byte[] typed = "java\0-jar\0diptych.jar\0import\0Caf\u00E9 \u4E2D\0--strict\0".getBytes(StandardCharsets.UTF_8);

        assertThat(CommandArguments.again(typed, "import", "Caf\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD", "--strict"))
                .containsExactly("import", "Caf\u00E9 \u4E2D", "--strict");
    }

    @Test
    void a_command_line_that_is_not_this_one_changes_nothing() {
        byte[] typed = "java\0@arguments\0".getBytes(StandardCharsets.UTF_8);
        String[] arguments = {"import", "Caf\uFFFD\uFFFD"};

        assertThat(CommandArguments.again(typed, arguments)).isSameAs(arguments);
        assertThat(CommandArguments.asTyped("import", "Cats")).containsExactly("import", "Cats");
    }

    /** In a locale without UTF-8 as cron and containers have it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void names_arrive_whole_in_the_plainest_locale() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                // typed with escapes, so that this machine's own locale does not matter
                "exec \"$0\" -classpath \"$1\" \"$2\" import \"$(printf 'Caf\\303\\251')\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                Echo.class.getName());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEqualTo("import|Caf\u00E9");
    }

    /** Says what it was given. */
    static final class Echo {
        public static void main(String[] arguments) {
            byte[] said = String.join("|", CommandArguments.asTyped(arguments)).getBytes(StandardCharsets.UTF_8);
            System.out.write(said, 0, said.length);
            System.out.flush();
        }
    }
}
