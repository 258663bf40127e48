package org.diptych.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on files of a test: what it prints, and the metrics by their place. */
abstract class EvaluateCommandRuns {
    static final Path PUBLISHED = Path.of("..", "backend", "statistics", "src", "test", "resources");
    static final String VOTES =
            PUBLISHED.resolve("genaibench/image_edition_votes.tsv").toString();
    static final String PAIR = """
        {"prompt": "add a hat", "path_src": "s%d.png", "path1": "a%d.png", "path2": "b%d.png",
         "model1_dim1_score": %d, "model2_dim1_score": %d}
        """;

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    final int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, _) -> {
                    if (exception instanceof CommandFailure failure) {
                        command.getErr().println(failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                })
                .execute(Stream.concat(Stream.of(arguments), Stream.of("--bootstrap", "100"))
                        .toArray(String[]::new));
    }

    final JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    final String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    final double paper(int metric) {
        return json().at("/metrics/" + metric + "/paper/value").asDouble();
    }

    final double corrected(int metric) {
        return json().at("/metrics/" + metric + "/corrected/value").asDouble();
    }
}
