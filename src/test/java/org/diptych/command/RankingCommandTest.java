package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RankingCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(List<String> lines, String... options) throws IOException {
        out.getBuffer().setLength(0);
        var file = Files.write(folder.resolve("comparisons.csv"), lines);
        return new CommandLine(new RankingCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(file.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    /** Each beats the next in three of four comparisons, on either side. */
    private static List<String> chain() {
        return Stream.concat(
                        Stream.of("left,right,outcome,group"),
                        IntStream.range(0, 120).mapToObj(row -> {
                            var pair = row % 2 == 0 ? List.of("a", "b") : List.of("b", "c");
                            boolean turned = row % 3 == 0;
                            boolean firstWins = row % 8 < 6;
                            return "%s,%s,%s,source %d"
                                    .formatted(
                                            pair.get(turned ? 1 : 0),
                                            pair.get(turned ? 0 : 1),
                                            firstWins == turned ? "right" : "left",
                                            row / 4);
                        }))
                .toList();
    }

    @Test
    void prints_the_ranking_with_intervals_and_every_two_items() throws IOException {
        assertThat(run(chain())).isZero();

        var report = json();
        assertThat(report.path("ranked").asBoolean()).isTrue();
        assertThat(report.path("comparisons").asInt()).isEqualTo(120);
        assertThat(report.path("groups").asInt()).isEqualTo(30);
        assertThat(report.at("/items/0/item").asString()).isEqualTo("a");
        assertThat(report.at("/items/2/item").asString()).isEqualTo("c");
        assertThat(report.at("/items/0/wins").asInt()).isEqualTo(45);
        assertThat(report.at("/items/0/strength/low").asDouble()).isPositive();
        assertThat(report.at("/items/0/rank/value").asDouble()).isEqualTo(1);
        assertThat(report.at("/positionBias/low").asDouble()).isNegative();
        assertThat(report.path("matrix").size()).isEqualTo(2);
        var again = out.toString();
        run(chain());
        assertThat(out.toString()).isEqualTo(again);
    }

    @Test
    void groups_that_were_never_compared_are_no_ranking() throws IOException {
        assertThat(run(List.of("left,right,outcome", "a,b,left", "c,d,tie", "d,c,right")))
                .isZero();

        assertThat(json().path("ranked").asBoolean()).isFalse();
        assertThat(json().path("reason").asString()).contains("no common scale");
        assertThat(json().path("connected").size()).isEqualTo(2);
        assertThat(json().at("/items/0/strength").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "left,right | comparisons.csv:1:",
                "left,right,outcome;a,b | comparisons.csv:2: has 2 fields",
                "left,right,outcome;a,b,win | must be left, right or tie",
                "left,right,outcome;a,a,tie | compared with itself",
                "left,right,outcome;a,,tie | the right is empty",
                "left,right,outcome | at least two items",
            })
    void what_is_wrong_is_said_with_its_line(String lines, String message) throws IOException {
        assertThat(run(List.of(lines.strip().split(";")))).isEqualTo(2);
        assertThat(err.toString()).contains(message.strip());
        assertThat(out.toString()).isEmpty();
    }
}
