package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManifestLinesTest {
    private static ManifestLines lines(byte[] bytes) {
        return new ManifestLines(new ByteArrayInputStream(bytes), 100);
    }

    @Test
    void blank_lines_are_counted_and_passed_over() throws IOException {
        var lines = lines("\ufeffone\r\n\n  \ntwo".getBytes(StandardCharsets.UTF_8));

        assertThat(lines.next()).isEqualTo(new ManifestLines.Line(1, "one", ""));
        assertThat(lines.next()).isEqualTo(new ManifestLines.Line(4, "two", ""));
        assertThat(lines.next()).isNull();
    }

    @Test
    void a_line_that_is_too_long_or_no_text_does_not_hide_the_next_one() throws IOException {
        var bytes = ("x".repeat(101) + "\n\u00e4\nend").getBytes(StandardCharsets.ISO_8859_1);
        var lines = lines(bytes);

        assertThat(lines.next()).extracting("text", "reason").containsExactly(null, "the line has more than 100 bytes");
        assertThat(lines.next())
                .extracting("text", "reason")
                .containsExactly(null, "byte 1 of the line (E4) is not UTF-8 text; save the file as UTF-8");
        assertThat(lines.next()).isEqualTo(new ManifestLines.Line(3, "end", ""));
    }

    @Test
    void a_manifest_larger_than_the_memory_is_read() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-Xmx32m", "-cp", System.getProperty("java.class.path"), LargeManifest.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(output.strip()).isEqualTo("20000 rows, 1 problem");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads 20,000 rows of 5 kB and one of 100 MB in a small heap. */
    static final class LargeManifest {
        private static final int ROWS = 20_000;
        private static final byte[] LONG_LINE = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        public static void main(String[] arguments) throws IOException {
            var rows = 0;
            var problems = 0;
            try (var lines = new ManifestLines(new Generated(), 1_000_000)) {
                for (var line = lines.next(); line != null; line = lines.next()) {
                    if (line.text() != null
                            && ManifestRowParser.parse(line.number(), line.text(), 64, null)
                                            .row()
                                    != null) {
                        rows++;
                    } else {
                        problems++;
                    }
                }
            }
            System.out.println(rows + " rows, " + problems + " problem");
        }

        private static final class Generated extends InputStream {
            private int row;
            private int longPart;
            private byte[] current = new byte[0];
            private int position;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (position == current.length && !advance()) {
                    return -1;
                }
                var count = Math.min(length, current.length - position);
                System.arraycopy(current, position, target, offset, count);
                position += count;
                return count;
            }

            private boolean advance() {
                position = 0;
                if (longPart < 100) {
                    longPart++;
                    current = LONG_LINE;
                    return true;
                }
                if (row > ROWS) {
                    return false;
                }
                current = row == 0 ? new byte[] {'\n'} : row(row).getBytes(StandardCharsets.UTF_8);
                row++;
                return true;
            }

            private static String row(int number) {
                return "{\"id\": \"" + number + "\", \"instruction\": \"" + "word ".repeat(1000)
                        + "\", \"source\": \"a.png\", \"candidates\": [{\"model\": \"a\", \"image\": \"a.png\"},"
                        + " {\"model\": \"b\", \"image\": \"b.png\"}]}\n";
            }
        }
    }
}
