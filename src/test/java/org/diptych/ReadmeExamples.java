package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that the README shows, run by a shell as they stand there: only the password and the port are others. */
final class ReadmeExamples {
    private static final Pattern COMMANDS = Pattern.compile("```\n(export DIPTYCH_PASSWORD=.*?)```", Pattern.DOTALL);

    private ReadmeExamples() {}

    /** Runs them against a server with the demo campaigns; in an own folder, from which the sources are seen as from theirs. */
    static void run(ServerProcess server, Path folder) throws IOException, InterruptedException {
        Path sources = Path.of("").toAbsolutePath();
        Path workplace = Files.createDirectories(folder.resolve("readme"));
        Files.createSymbolicLink(workplace.resolve("src"), sources);
        var commands = COMMANDS.matcher(Files.readString(sources.resolveSibling("README.md")));
        assertThat(commands.find()).as("the README shows commands").isTrue();
        Path script = Files.writeString(
                workplace.resolve("commands"),
                "set -eu\n"
                        + commands.group(1)
                                .replace("DIPTYCH_PASSWORD=…", "DIPTYCH_PASSWORD=" + ServerProcess.ADMIN_PASSWORD)
                                .replace("http://localhost:8080", server.url()));
        Path said = workplace.resolve("said");
        var shell = new ProcessBuilder("bash", script.toString())
                .directory(workplace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Path launcher = Path.of(System.getProperty("diptych.jar"), "..")
                .toAbsolutePath()
                .normalize();
        shell.environment().merge("PATH", launcher.toString(), (path, first) -> first + ":" + path);
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        shell.environment().put("DIPTYCH_START", "quiet");
        var process = shell.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();

        assertThat(Files.readAllLines(workplace.resolve("scores.jsonl")))
                .hasSizeGreaterThan(10)
                .allMatch(line -> json(line).path("overall").has("sigma"));
        assertThat(Files.readAllLines(workplace.resolve("out/labels.jsonl"))).hasSize(100);
        assertThat(Files.readString(said)).contains("\"alpha\"", "\"uniformTarget\"");
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }
}
