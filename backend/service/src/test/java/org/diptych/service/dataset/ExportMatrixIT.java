package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.service.ServiceTest;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What survives each format is what the document says. */
@ServiceTest
@NullUnmarked
class ExportMatrixIT {
    @TempDir
    Path folder;

    private ExportFixture data;

    @BeforeEach
    void a_campaign_with_labels(@Autowired ApplicationContext context) throws IOException {
        data = new ExportFixture(context, folder);
    }

    /** The signs of what a row may hold, as it is spelt in each format. */
    private static final Map<String, List<String>> SIGNS = Map.ofEntries(
            Map.entry("pictures", List.of("images/", "\"_type\":\"Image\"", "jpg_0", "sha256")),
            Map.entry("model names", List.of("model")),
            Map.entry("seeds", List.of("\"seed\"")),
            Map.entry("item ids", List.of("\"item\"", "\"key\"")),
            Map.entry("category", List.of("category")),
            Map.entry("ties", List.of("tie")),
            Map.entry(
                    "soft labels",
                    List.of(
                            "share_first",
                            "choice_dist",
                            "margin",
                            "preference\":{",
                            "\"score\":",
                            "suggestion.score")),
            Map.entry("ratings", List.of("rating_first", "{\"first\": ", "dim1_score", "left_overall_score")),
            Map.entry("single answers", List.of("active_milliseconds", "lead_time", "responses.users")),
            Map.entry("annotators", List.of("annotator", "annotators", "responses.users")),
            Map.entry("comments", List.of("comment")),
            Map.entry("time of answers", List.of("submitted_at", "created_at")),
            Map.entry("protocol version", List.of("\"protocol")),
            Map.entry("sides as shown", List.of("\"left\":")),
            Map.entry("selection probability", List.of("selection_probability")),
            Map.entry("skips", List.of("skip_reason")),
            Map.entry("corrected answers", List.of("\"superseded\"")),
            Map.entry("who decided", List.of("consensus")));

    @ParameterizedTest
    @EnumSource(value = ExportFormat.class, names = "REPLAY", mode = EnumSource.Mode.EXCLUDE)
    void what_survives_is_what_the_matrix_says(ExportFormat format) throws IOException {
        data.decide("""
                {"instruction_following": {"first": 3, "second": 3}, "visual_quality": {"first": 2, "second": 2}}""", "tie");
        var said = said(format);
        var matrix = matrix();

        assertThat(matrix.keySet()).containsExactlyInAnyOrderElementsOf(SIGNS.keySet());
        matrix.forEach((what, marks) -> {
            var mark = marks.get(format.word());
            assertThat(mark).isIn("+", "~", "-");
            assertThat(SIGNS.get(what).stream().anyMatch(said::contains))
                    .as(format.word() + ": " + what + " in " + said.substring(0, Math.min(2_000, said.length())))
                    .isEqualTo(!"-".equals(mark));
        });
    }

    /** All that the rows hold, and what their columns are called. */
    private String said(ExportFormat format) throws IOException {
        if (!format.isFolder()) {
            return data.text(format, ExportOptions.of(format.filter()));
        }
        var said = new StringBuilder();
        for (var name : data.export(format)) {
            var file = data.folder.resolve(name);
            if (name.endsWith(".parquet")) {
                said.append(data.rows("SELECT decode(value) FROM parquet_kv_metadata('" + file + "')"));
                said.append(data.rows("SELECT * FROM '" + file + "'"));
            } else if (name.endsWith(".jsonl") || name.equals("train.json")) {
                said.append(Files.readString(file));
            }
        }
        return said.toString();
    }

    /** What the document says: for each kind of content, a mark by format. */
    private static Map<String, Map<String, String>> matrix() throws IOException {
        var lines = Files.readAllLines(Path.of("../../src/docs/exports.md")).stream()
                .dropWhile(line -> !line.startsWith("| | jsonl"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(1).split("\\|")).stream()
                        .map(String::strip)
                        .toList())
                .toList();
        var matrix = new LinkedHashMap<String, Map<String, String>>();
        for (var line : lines.subList(2, lines.size())) {
            var marks = new LinkedHashMap<String, String>();
            for (int column = 1; column < line.size(); column++) {
                marks.put(lines.getFirst().get(column), line.get(column));
            }
            matrix.put(line.getFirst(), marks);
        }
        return matrix;
    }
}
