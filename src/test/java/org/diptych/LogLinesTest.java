package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Who reads the log can rely on it: users cannot write lines of it, and no row of the database is in it. */
class LogLinesTest {
    private static String logged(String message, Throwable... thrown) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ClassPathResource("logback.xml").getURL());
        var screen = System.err;
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            context.getLogger("org.diptych.Server").warn("{}", message, thrown.length == 0 ? null : thrown[0]);
        } finally {
            System.setErr(screen);
            context.stop();
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_message_is_one_line_whatever_it_quotes() throws Exception {
        for (var lineBreak : new String[] {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u000b", "\u001b[2J"}) {
            var line = logged("Eve" + lineBreak + "16:00:00 INFO  Server: FORGED");
            assertThat(line.stripTrailing().lines()).hasSize(1);
            assertThat(line).contains("Server: Eve | ").contains("FORGED").doesNotContain("\u001b");
        }
        assertThat(logged("a\tb 你好")).contains("Server: a\tb 你好");
    }

    @Test
    void no_line_of_a_stack_trace_looks_like_a_message() throws Exception {
        var text = logged("it failed", new IllegalStateException("because\n16:00:00 INFO  Server: FORGED"));
        assertThat(text).contains("IllegalStateException: because").contains("LogLinesTest");
        assertThat(text.lines().filter(line -> line.startsWith("16:00:00"))).isEmpty();
        assertThat(text.lines().filter(line -> line.contains("IllegalStateException: because")))
                .hasSize(1);
    }

    @Test
    void the_database_does_not_tell_the_log_what_is_in_its_rows() throws Exception {
        var defaults = new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("application.yaml"))
                .getFirst();
        assertThat(defaults.getProperty("spring.datasource.hikari.data-source-properties.logServerErrorDetail"))
                .isEqualTo(false);
    }
}
