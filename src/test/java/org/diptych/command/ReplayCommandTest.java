package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void prints_every_arm_as_json_and_progress_beside_it() throws IOException {
        int status = run(table().toString(), "--policy", "all", "--splits", "3", "--labels", "100", "--held-out", "10");
        assertThat(status).isZero();
        var json = JsonMapper.shared().readTree(out.toString());
        var uniform = json.get("policies").get(0);
        assertThat(uniform.get("policy").asString()).isEqualTo("uniform");
        assertThat(uniform.get("gain").asDouble()).isZero();
        assertThat(uniform.get("accuracy").get("100").asDouble())
                .isEqualTo(json.get("uniformTarget").asDouble());
        assertThat(json.get("policies").size()).isEqualTo(9);
        for (var policy : json.get("policies")) {
            assertThat(policy.get("accuracy").get("100").asDouble()).isBetween(.5, 1.0);
            assertThat(policy.has("labelsToReachUniform")).isTrue();
            assertThat(policy.get("standardError").isNumber()).isTrue();
        }
        assertThat(err.toString()).contains("3 of 3 splits");
    }

    @Test
    void a_seed_fixes_the_output() throws IOException {
        String[] arguments = {table().toString(), "--splits", "2", "--labels", "60", "--held-out", "10", "--seed", "5"};
        run(arguments);
        String once = out.toString();
        out.getBuffer().setLength(0);
        run(arguments);
        assertThat(out.toString()).isEqualTo(once);
    }

    @Test
    void malformed_rows_are_named_by_file_and_line() throws IOException {
        var file = table();
        Files.writeString(file, Files.readString(file).replaceFirst("\nitem3\tb\t[^\t]*", "\nitem3\tb\tgood"));
        assertThat(run(file.toString())).isEqualTo(2);
        // the header, three items of four rows, then item3's first
        assertThat(err.toString()).contains("ratings.tsv:15:").contains("r1_SC").contains("good");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrong_options_and_files_end_with_status_2() throws IOException {
        assertThat(run(folder.resolve("nothing.tsv").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nothing.tsv");
        assertThat(run(table().toString(), "--policy", "magic")).isEqualTo(2);
        assertThat(err.toString()).contains("magic").contains("v-optimal");
        assertThat(run(table().toString(), "--labels-per-pair", "4")).isEqualTo(2);
        assertThat(run(table().toString(), "--prior", "strong")).isEqualTo(2);
        assertThat(run(table().toString(), "--held-out", "99")).isEqualTo(2);
        assertThat(err.toString()).contains("40 items");
    }

    private int run(String... arguments) {
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof CommandFailure failure) {
                        command.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                })
                .execute(arguments);
    }

    /** 40 items, 4 editors, 2 raters, 3 judges who see the quality through noise. */
    private Path table() throws IOException {
        var random = new SplittableRandom(1);
        var text = new StringBuilder("uid\tmodel\tr1_SC\tr1_PQ\tr2_SC\tr2_PQ\tjudge_a\tjudge_b\tjudge_c\n");
        for (int item = 0; item < 40; item++) {
            for (String model : new String[] {"a", "b", "c", "d"}) {
                double quality = random.nextGaussian();
                text.append("item").append(item).append('\t').append(model);
                for (int score = 0; score < 4; score++) {
                    text.append('\t').append(Math.round(quality + .7 * random.nextGaussian()) / 2.0);
                }
                for (int judge = 0; judge < 3; judge++) {
                    text.append('\t').append(quality + random.nextGaussian());
                }
                text.append('\n');
            }
        }
        return Files.writeString(folder.resolve("ratings.tsv"), text);
    }
}
