package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The launcher beside the built jar: quick from what it prepared, and always right without. */
@DisabledOnOs(OS.WINDOWS)
@NullUnmarked
class LauncherIT {
    private static final Path BUILT = Path.of(System.getProperty("diptych.jar"));
    /** The virtual machine ends with an error when the cache it was given cannot be used. */
    private static final Map<String, String> INSIST = Map.of("DIPTYCH_JAVA_OPTIONS", "-XX:AOTMode=on");

    @TempDir
    private Path folder;

    private Path start;

    @BeforeEach
    void install() throws IOException {
        Path installed = Files.createDirectory(folder.resolve("installed"));
        Files.createSymbolicLink(installed.resolve("diptych.jar"), BUILT);
        Files.copy(BUILT.resolveSibling("diptych"), installed.resolve("diptych"));
        assertThat(installed.resolve("diptych").toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("ratings.csv"), "unit,annotator,value\na,x,1\na,y,1\nb,x,2\nb,y,2\n");
        start = installed.resolve("diptych.start");
    }

    @Test
    void the_first_command_extracts_the_jar_and_leaves_nothing_half_done() throws Exception {
        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));

        assertThat(names(start)).hasSize(1).allMatch(name -> name.matches("\\d+-\\d+"));
        assertThat(version().resolve("app/diptych.jar")).isRegularFile();
    }

    @Test
    void a_prepared_command_runs_from_its_cache_and_passes_over_a_damaged_one() throws Exception {
        assertThat(run(Map.of(), "prepare", "commands").said).contains("prepared for quick starts");
        assertAgreement(run(INSIST, "agreement", "ratings.csv"));
        Path cache = names(version()).stream()
                .filter(name -> name.endsWith("-commands.aot"))
                .map(version()::resolve)
                .findAny()
                .orElseThrow();

        try (var file = new RandomAccessFile(cache.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(run(INSIST, "agreement", "ratings.csv").exit).isNotZero();
        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));

        Files.writeString(cache, "no cache");
        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));
    }

    @Test
    void a_copy_that_lost_a_part_is_extracted_again() throws Exception {
        run(Map.of(), "--version");
        Path library;
        try (Stream<Path> libraries = Files.list(version().resolve("app/lib"))) {
            library = libraries
                    .filter(file -> file.getFileName().toString().startsWith("picocli"))
                    .findAny()
                    .orElseThrow();
        }
        Files.write(library, new byte[10]);

        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));

        assertThat(Files.size(library)).isGreaterThan(10);
    }

    @Test
    void what_a_killed_start_and_an_older_version_left_behind_is_cleared_away() throws Exception {
        long dead = endedProcess();
        Files.createDirectories(start.resolve("new." + dead + "/app"));
        Files.createDirectories(start.resolve("1-1/app"));
        Files.createFile(start.resolve("1-1/used." + dead));
        Files.createDirectories(start.resolve("2-2/app"));
        String stillRunning = "2-2";
        Files.createFile(
                start.resolve(stillRunning + "/used." + ProcessHandle.current().pid()));
        Files.createSymbolicLink(start.resolve("lock"), Path.of(Long.toString(dead)));

        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));

        assertThat(names(start)).hasSize(2).contains(stillRunning);
    }

    @Test
    void two_starts_at_once_both_answer() throws Exception {
        Process first = begin(Map.of(), "agreement", "ratings.csv");
        Process second = begin(Map.of(), "agreement", "ratings.csv");

        assertAgreement(end(first));
        assertAgreement(end(second));
        assertThat(names(start)).hasSize(1);
    }

    @Test
    void where_the_folder_cannot_be_written_the_users_cache_is_taken() throws Exception {
        Files.createFile(start);

        assertAgreement(run(Map.of(), "agreement", "ratings.csv"));

        assertThat(names(folder.resolve("cache/start"))).hasSize(1);
    }

    @Test
    void where_nothing_can_be_written_the_plain_jar_runs() throws Exception {
        Files.createFile(start);
        Map<String, String> nowhere = Map.of(
                "DIPTYCH_CACHE_DIR", Files.createFile(folder.resolve("file")).toString());

        assertAgreement(run(nowhere, "agreement", "ratings.csv"));
        Result prepared = run(nowhere, "prepare");
        assertThat(prepared.exit).isZero();
        assertThat(prepared.said).contains("could not be prepared");
    }

    private static void assertAgreement(Result result) {
        assertThat(result.exit).as(result.said).isZero();
        assertThat(JsonMapper.shared().readTree(result.out).at("/alpha/value").asDouble())
                .isEqualTo(1);
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return end(begin(environment, arguments));
    }

    private Process begin(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(start.resolveSibling("diptych").toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DIPTYCH_CACHE_DIR", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What it writes is little enough for the pipes. */
    private static Result end(Process process) throws Exception {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Result(
                process.exitValue(),
                read(process.inputReader(StandardCharsets.UTF_8)),
                read(process.errorReader(StandardCharsets.UTF_8)));
    }

    private static String read(Reader reader) throws IOException {
        var text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }

    private static long endedProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private Path version() throws IOException {
        return start.resolve(names(start).getFirst());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private record Result(int exit, String out, String said) {}
}
