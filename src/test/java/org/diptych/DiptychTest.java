package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DiptychTest {
    @Test
    void serve_is_the_default_command() {
        assertThat(Diptych.withDefaultCommand()).containsExactly("serve");
        assertThat(Diptych.withDefaultCommand("--demo", "--port", "1"))
                .containsExactly("serve", "--demo", "--port", "1");
        assertThat(Diptych.withDefaultCommand("token", "--user", "a")).containsExactly("token", "--user", "a");
        assertThat(Diptych.withDefaultCommand("--help")).containsExactly("--help");
    }

    @Test
    void every_listed_command_explains_itself() {
        CommandLine diptych = Diptych.commandLine();
        assertThat(diptych.getSubcommands()).containsKeys("serve", "token", "import", "simulate", "train", "export");
        diptych.getSubcommands().keySet().forEach(command -> {
            Run run = run(command, "--help");
            assertThat(run.exit).isZero();
            assertThat(run.out).contains("Usage: diptych " + command);
        });
    }

    @Test
    void no_address_in_a_help_text_is_broken() {
        CommandLine diptych = Diptych.commandLine();
        diptych.getSubcommands()
                .keySet()
                .forEach(command -> assertThat(run(command, "--help").out.lines())
                        .noneMatch(line -> line.matches(".*\\b(https?|jdbc):?/?/?\\s*$")));
    }

    @Test
    void a_public_address_or_a_proxy_that_cannot_be_one_is_refused_before_anything_starts() {
        for (String url : List.of("label.example.org", "ftp://label.example.org", "https://a@b.org", "https:///x")) {
            Run run = run("serve", "--public-url", url);
            assertThat(run.exit).as(url).isEqualTo(2);
            assertThat(run.err).contains("--public-url must look like https://label.example.org");
        }
        for (String proxy : List.of("proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.1,x")) {
            Run run = run("serve", "--trusted-proxy", proxy);
            assertThat(run.exit).as(proxy).isEqualTo(2);
            assertThat(run.err).contains("--trusted-proxy must be an address or a network");
        }
    }

    @Test
    void a_file_that_this_system_cannot_name_is_refused_in_words() {
        Run run = run("agreement", "a\u0000b.csv");
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("cannot be the name of a file").doesNotContain("Exception");
    }

    @Test
    void a_defect_shows_where_it_came_from_and_no_message_that_could_hold_a_secret() {
        StringWriter err = new StringWriter();
        assertThat(fail(new IllegalStateException("dip_secret"), err)).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "This is a defect",
                        "java.lang.IllegalStateException",
                        "at org.diptych.DiptychTest.a_defect_shows")
                .doesNotContain("dip_secret");
    }

    @Test
    void what_the_file_system_refuses_is_said_in_words() {
        for (IOException failure : List.of(
                new AccessDeniedException("/a/file"),
                new NoSuchFileException("/a/file"),
                new FileAlreadyExistsException("/a/file"),
                new DirectoryNotEmptyException("/a/file"))) {
            StringWriter err = new StringWriter();
            assertThat(fail(failure, err)).isEqualTo(1);
            assertThat(err.toString())
                    .containsPattern("Reading or writing failed: (.* /a/file.*|/a/file [a-z ;]+)\\.\\R");
        }
    }

    private static int fail(Exception failure, StringWriter err) {
        CommandLine diptych = Diptych.commandLine().addSubcommand("break", new Broken(failure));
        return diptych.setErr(new PrintWriter(err, true)).execute("break");
    }

    @CommandLine.Command
    private record Broken(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "import --server http://localhost:1 --campaign Cats --tokne dip_SECRET, --tokne",
        "import --server http://localhost:1 --campaign Cats --pasword=S3CRET --tokne S3CRET manifest.jsonl, --pasword",
        "train --server http://localhost:1 --campaign Cats --tokne S3CRET, --tokne",
        "train --server http://localhost:1 --campaign Cats S3CRET, More is given",
        "simulate --annotators dip_SECRET, --annotators",
        "improt --token S3CRET, There is no command improt",
        "dip_SECRET, There is no command dip_"
    })
    void a_secret_in_the_wrong_place_is_not_printed(String typed, String said) {
        Run run = run(typed.split(" ", -1));
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains(said).doesNotContain("SECRET", "S3CRET");
        assertThat(run.out).doesNotContain("SECRET", "S3CRET");
    }

    @Test
    void wrong_usage_is_said_in_one_sentence_with_exit_status_2() {
        assertThat(run("nonsense").exit).isEqualTo(2);
        Run run = run("export", "--server", "http://localhost:1", "--format", "csv");
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("--format", "jsonl, editreward-json", "See diptych export --help.");
    }

    @Test
    void an_own_password_takes_the_server_the_present_one_and_the_new_one() {
        Run run = run("password", "--server", "http://localhost:1", "--user", "lead", "--password-file", "present");
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("--new-password-file go together");
        assertThat(run("password", "--user", "lead", "--new-password-file", "own").exit)
                .isEqualTo(2);
    }

    @Test
    void a_server_that_listens_on_its_own_machine_says_so() {
        assertThat(Endpoint.local(8080).shown())
                .startsWith("http://localhost:8080/")
                .contains("--address");
    }

    @Test
    void a_web_node_needs_a_database_of_its_own() {
        Run run = run("serve", "--role", "web");
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("--role web needs --database-url");
    }

    @Test
    void a_database_address_of_another_kind_is_refused() {
        Run run = run("serve", "--database-url", "mysql://localhost/x");
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("jdbc:postgresql:");
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Diptych.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private record Run(int exit, String out, String err) {}
}
