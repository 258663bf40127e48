package org.diptych.service.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.campaign.TestManifest;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.dataset.TestExports;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.dataset.table.ParquetTable;
import org.diptych.service.history.HistoryVerification;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.image.TestImages;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other tools know comes in, and stays apart. */
@ServiceTest
@NullUnmarked
class ForeignImportIT {
    @Autowired
    private ForeignImport imports;

    @Autowired
    private CampaignImport manifests;

    @Autowired
    private AccountService accounts;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private ExportService exports;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource database;

    private SignedIn lead;
    private String name;

    @BeforeEach
    void a_lead() {
        name = "imported " + UUID.randomUUID();
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.LEAD, null)
                .account();
    }

    private ForeignReport run(Tool tool, TestForeignFiles files) throws IOException {
        return run(tool, null, files);
    }

    private ForeignReport run(Tool tool, @Nullable ImportMapping mapping, TestForeignFiles files) throws IOException {
        return imports.importArchive(lead, ImportRequest.into(name), tool, mapping, files.stream());
    }

    private UUID campaign() {
        return jdbc.sql("SELECT id FROM campaign WHERE name = ?")
                .param(name)
                .query(UUID.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table + " WHERE campaign_id = ?")
                .param(campaign())
                .query(Long.class)
                .single();
    }

    private List<JsonNode> export(String... filter) {
        var stream = new ByteArrayOutputStream();
        exports.write(lead, campaign(), ExportFormat.JSONL, TestExports.filtered(ExportFormat.JSONL, filter), stream);
        return stream.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private List<String> verdicts() {
        return export("stratum=imported").stream()
                .map(label -> label.path("verdicts").path("overall").asString())
                .toList();
    }

    @Test
    void tasks_of_label_studio_come_in_with_who_answered_what_and_when() throws IOException {
        var report = run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());

        assertThat(report.problems()).isEmpty();
        assertThat(report)
                .extracting(ForeignReport::items, ForeignReport::pairs, ForeignReport::labels)
                .containsExactly(1L, 1L, 2L);
        var exported = export("stratum=imported");
        assertThat(exported)
                .extracting(
                        label -> label.path("annotator").asString(),
                        label -> label.path("verdicts").path("overall").asString(),
                        label -> label.path("stratum").asString(),
                        label -> label.path("submitted_at").asString(),
                        label -> label.path("active_milliseconds").asInt(),
                        label -> label.path("protocol").asString())
                .containsExactly(
                        tuple(
                                "label-studio/3",
                                "second",
                                "imported",
                                "2024-05-01T10:00:00.123456Z",
                                12_500,
                                "imported-preference-v1"),
                        tuple(
                                "label-studio/li@lab.org",
                                "tie",
                                "imported",
                                "2024-05-01T11:00:00Z",
                                3_000,
                                "imported-preference-v1"));
        var origin = JsonMapper.shared()
                .readTree(exported.getFirst().path("imported").asString());
        assertThat(origin.path("file").asString()).isEqualTo("tasks.json");
        assertThat(origin.path("row").asInt()).isOne();
        assertThat(origin.path("fields").path("data").path("photographer").asString())
                .isEqualTo("Zoé");
    }

    @Test
    void imported_labels_count_nowhere_until_somebody_asks_for_them() throws IOException {
        run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());

        assertThat(export()).isEmpty();
        assertThat(count("imported_label")).isEqualTo(2);
        assertThat(count("label")).isZero();
        assertThat(count("campaign_member")).as("the lead alone").isOne();
        assertThat(jdbc.sql("SELECT labels FROM labels_since_training WHERE campaign_id = ?")
                        .param(campaign())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM slot WHERE campaign_id = ? AND state <> 'OPEN'")
                        .param(campaign())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(accounts.find("li@lab.org")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PARQUET", "LABEL_STUDIO", "EDITREWARD_PARQUET"})
    void datasets_have_imported_labels_where_somebody_asks(ExportFormat format) throws IOException {
        run(Tool.EDITREWARD, new TestForeignFiles().with("train.parquet", editReward("instruction")));
        var with = new ByteArrayOutputStream();

        exports.write(lead, campaign(), format, TestExports.filtered(format, "stratum=imported"), with);

        assertThat(entries(with)).anyMatch(name -> name.contains("train"));
        assertThatThrownBy(() -> exports.write(lead, campaign(), format, new ByteArrayOutputStream()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No label fits");
    }

    private static List<String> entries(ByteArrayOutputStream archive) throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void the_same_files_again_add_nothing_and_another_answer_under_the_same_id_is_refused() throws IOException {
        run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());

        var again = run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());
        assertThat(again)
                .extracting(
                        ForeignReport::items,
                        ForeignReport::unchanged,
                        ForeignReport::labels,
                        ForeignReport::labelsUnchanged)
                .containsExactly(0L, 1L, 0L, 2L);

        var files = TestForeignFiles.labelStudio();
        var turned = new String(files.bytes("tasks.json"), StandardCharsets.UTF_8).replace("\"right\"", "\"left\"");
        var changed = run(Tool.LABEL_STUDIO, files.with("tasks.json", turned));
        assertThat(changed.labels()).isZero();
        assertThat(changed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("tasks.json");
            assertThat(problem.row()).isOne();
            assertThat(problem.message()).contains("labels are never changed");
        });
        assertThat(verdicts()).containsExactly("second", "tie");
    }

    @Test
    void what_cannot_be_taken_is_named_by_file_row_and_field_and_the_rest_comes_in() throws IOException {
        var good = """
                "completed_by": 3, "created_at": "2024-05-01T10:00:00Z", "result": [{"from_name": "cmp",
                "value": {"selected": "left"}}]""";
        var files = new TestForeignFiles().with("tasks.json", """
                        [{"id": 1, %1$s, "annotations": [{%2$s}, {"was_cancelled": true, "completed_by": 4}]},
                         {"id": 2, %1$s, "annotations": [{%3$s}]},
                         {"id": 3, %1$s, "annotations": [{%4$s}]},
                         {"id": 4, %5$s, "annotations": [{%2$s}]},
                         {"id": 5, %6$s, "annotations": [{%2$s}]},
                         {"id": 6, %1$s, "annotations": [{%2$s, "created_at": "yesterday"}]},
                         17]""".formatted(
                        TestForeignFiles.TASK,
                        good,
                        good.replace("left", "middle"),
                        good.replace("\"completed_by\": 3,", ""),
                        TestForeignFiles.TASK.replace("p/b.png", "p/none.png"),
                        TestForeignFiles.TASK.replace("p/a.png", "https://example.org/a.png")));

        var report = run(Tool.LABEL_STUDIO, files);

        assertThat(report)
                .extracting(
                        ForeignReport::items,
                        ForeignReport::rejected,
                        ForeignReport::labels,
                        ForeignReport::labelsRejected,
                        ForeignReport::skipped)
                .containsExactly(4L, 3L, 1L, 4L, 1L);
        assertThat(report.problems())
                .extracting(ForeignProblem::row, ForeignProblem::field)
                .contains(
                        tuple(2, "cmp"),
                        tuple(3, "completed_by"),
                        tuple(4, "data.image_b"),
                        tuple(5, "data.image_a"),
                        tuple(6, "created_at"),
                        tuple(7, ""));
        assertThat(report.problems())
                .extracting(ForeignProblem::message)
                .anySatisfy(message -> assertThat(message).contains("middle").contains("add it to values"))
                .anySatisfy(message -> assertThat(message).contains("nothing is fetched"))
                .anySatisfy(message -> assertThat(message).contains("there is no file p/none.png"));
    }

    @Test
    void a_later_export_of_the_same_project_adds_its_new_answers_to_the_items_that_are_there() throws IOException {
        run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());

        var files = TestForeignFiles.labelStudio();
        var grown = new String(files.bytes("tasks.json"), StandardCharsets.UTF_8)
                .replace("\"id\": 7,", "\"id\": 7, \"updated_at\": \"2024-06-01T10:00:00Z\", \"total_annotations\": 3,")
                .replace("\"annotations\": [", """
                        "annotations": [{"id": 73, "completed_by": 5, "created_at": 1717236000000, "result":
                          [{"from_name": "cmp", "value": {"selected": "left"}}]},""");
        var later = run(Tool.LABEL_STUDIO, files.without("tasks.json").with("project-1-at-2024-06-01.json", grown));

        assertThat(later.problems()).isEmpty();
        assertThat(later)
                .extracting(
                        ForeignReport::items,
                        ForeignReport::unchanged,
                        ForeignReport::labels,
                        ForeignReport::labelsUnchanged)
                .containsExactly(0L, 1L, 1L, 2L);
        assertThat(export("stratum=imported"))
                .extracting(label -> label.path("submitted_at").asString())
                .contains("2024-06-01T10:00:00Z");
    }

    @Test
    void rows_of_the_smaller_export_are_answers_to_the_task_that_they_name() throws IOException {
        var row = """
                {"prompt": "Make it red.", "source": "p/source.png", "image_a": "p/a.png", "image_b": "p/b.png", "id": 7,
                 "choice": "%s", "annotator": %d, "annotation_id": %d, "created_at": "2024-05-01 10:00:00+0000"}""";
        var rows = "[" + row.formatted("right", 3, 71) + "," + row.formatted("left", 4, 72) + "]";

        var report = run(Tool.LABEL_STUDIO, new TestForeignFiles().with("min.json", rows));

        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report)
                .extracting(ForeignReport::items, ForeignReport::pairs, ForeignReport::labels)
                .containsExactly(1L, 1L, 2L);
        assertThat(export("stratum=imported"))
                .extracting(
                        label -> label.path("annotator").asString(),
                        label -> label.path("verdicts").path("overall").asString())
                .containsExactly(tuple("label-studio/3", "second"), tuple("label-studio/4", "first"));

        var split =
                new TestForeignFiles().with("min.json", rows.replace("\"image_a\"", "\"split\": \"A\", \"image_a\""));
        assertThatThrownBy(() -> run(Tool.LABEL_STUDIO, split))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("split, choice");
        assertThatThrownBy(() -> manifests.importArchive(
                        lead,
                        new ImportRequest("x" + UUID.randomUUID(), "imported-preference-v1", null, false, false),
                        new ByteArrayInputStream(new byte[0])))
                .as("no campaign is under the document of imported labels")
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no published protocol");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LABEL_STUDIO | realism, overall | `{\"data\": {}, \"annotations\": [{\"result\": [{\"from_name\": \"realism\", \"value\": {\"selected\": \"left\"}}, {\"from_name\": \"overall\", \"value\": {\"selected\": \"right\"}}]}]}`",
                "ARGILLA | realism, overall | `{\"realism.responses\": [\"first\"], \"overall.responses\": [\"second\"]}`",
                "ARGILLA | comment, overall | `{\"comment.responses\": [\"nice\"], \"overall.responses\": [\"better than that\"]}`"
            })
    void a_verdict_that_may_be_one_of_several_fields_is_asked_for(Tool tool, String fields, String row) {
        assertThatThrownBy(() -> run(tool, new TestForeignFiles().with("rows.jsonl", row)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Several fields may be the verdict: " + fields);
    }

    @Test
    void values_that_nothing_can_hold_cost_their_own_row_alone() throws IOException {
        var row = """
                {"id": "%s", "instruction": %s, "source": "p/source.png", "first": "p/a.png", "second": "p/b.png", "note": "%s",
                 "better.responses": ["first"], "better.responses.users": ["%s"]}
                """.replace("\n ", "");
        var half = "cut " + "\\" + "ud83d";
        var nul = "a" + "\\" + "u0000";
        var rows = row.formatted("1", "1e999999999", "", "u")
                + row.formatted("2", "\"Make it red.\"", half, "u")
                + row.formatted("3", "\"" + half + "\"", "", "u")
                + row.formatted("4", "\"Make it red.\"", "", nul)
                + row.formatted("5", "\"Make it red.\"", "", "u")
                + row.formatted("6", "\"Make it red.\"", "", "u").replace("[\"u\"]", "[\"u\", \"v\"]");

        var report = run(Tool.ARGILLA, new TestForeignFiles().with("rows.jsonl", rows));

        assertThat(report.problems())
                .extracting(ForeignProblem::row, ForeignProblem::field)
                .contains(
                        tuple(1, "instruction"),
                        tuple(2, "note"),
                        tuple(3, "instruction"),
                        tuple(4, ""),
                        tuple(6, "better.responses.users"));
        assertThat(report.labels()).isOne();
        assertThat(report.labelsRejected()).isOne();
    }

    @Test
    void a_pair_that_both_have_answered_is_two_rows_of_a_dataset() throws IOException {
        run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());
        var person = accounts.createAccount("p" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                .params(campaign(), person.id())
                .update();
        for (var assignment : assignments.claim(person, campaign(), 5).assignments()) {
            labels.submit(person, TestSubmissions.rated(assignment, 4, 1));
        }
        var archive = new ByteArrayOutputStream();
        exports.write(
                lead,
                campaign(),
                ExportFormat.LABEL_STUDIO,
                TestExports.filtered(
                        ExportFormat.LABEL_STUDIO, "stratum=uniform", "stratum=acquired", "stratum=imported"),
                archive);

        var answers = new ArrayList<Integer>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (Set.of("train.json", "validation.json", "test.json").contains(entry.getName())) {
                    JsonMapper.shared()
                            .readTree(zip.readAllBytes())
                            .forEach(
                                    task -> answers.add(task.path("annotations").size()));
                }
            }
        }
        assertThat(answers).containsExactly(1, 2);
    }

    @Test
    void verification_covers_imported_labels() throws Exception {
        run(Tool.LABEL_STUDIO, TestForeignFiles.labelStudio());
        assertThat(brokenLabels()).isZero();
        assertThatThrownBy(() -> jdbc.sql("DELETE FROM imported_label WHERE campaign_id = ?")
                        .param(campaign())
                        .update())
                .hasMessageContaining("append-only");

        var first = jdbc.sql("SELECT id FROM imported_label WHERE campaign_id = ? AND position = 1")
                .param(campaign())
                .query(UUID.class)
                .single();
        tamper("UPDATE imported_label SET answers = '{\"preference\": \"first\"}' WHERE id = '" + first + "'");
        assertThat(brokenLabels()).isOne();
        tamper("UPDATE imported_label SET answers = '{\"preference\": \"second\"}' WHERE id = '" + first + "'");
        assertThat(brokenLabels()).isZero();
        tamper("DELETE FROM imported_label WHERE id = '" + first + "'");
        assertThat(brokenLabels()).isOne();
        tamper("DELETE FROM imported_label WHERE campaign_id = '" + campaign() + "'");
    }

    private long brokenLabels() throws Exception {
        try (var connection = database.getConnection()) {
            return new HistoryVerification(ObjectStore.in(Path.of("none")), Map.of(), _ -> {})
                    .verify(connection).counts().stream()
                            .filter(count -> count.what().startsWith("imported labels"))
                            .findFirst()
                            .orElseThrow()
                            .wrong();
        }
    }

    private void tamper(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try {
                statement.execute(sql);
            } finally {
                statement.execute("SET session_replication_role = origin");
            }
        }
    }

    /** Two labels a pair on three pairs of one item, which differ, and one that skipped nothing. */
    private UUID labelled() throws Exception {
        var campaign = manifests
                .importArchive(
                        lead,
                        new ImportRequest("own " + UUID.randomUUID(), null, 1, false, false),
                        new ByteArrayInputStream(
                                new TestManifest().item("one", 3).zip("")))
                .campaign();
        var person = accounts.createAccount("p" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                .params(campaign, person.id())
                .update();
        int number = 0;
        for (var assignment : assignments.claim(person, campaign, 5).assignments()) {
            labels.submit(person, TestSubmissions.rated(assignment, number == 0 ? 3 : 4, number == 2 ? 1 : 3));
            number++;
        }
        assertThat(number).isEqualTo(3);
        return campaign;
    }

    @ParameterizedTest
    @EnumSource(names = {"LABEL_STUDIO", "ARGILLA", "EDITREWARD_PARQUET", "PICK_A_PIC"})
    void what_we_export_comes_back_as_it_was(ExportFormat format) throws Exception {
        var campaign = labelled();
        var archive = new ByteArrayOutputStream();
        exports.write(lead, campaign, format, archive);
        var tool = Tool.of(format.word().replace("-parquet", ""));

        var report = imports.importArchive(
                lead, ImportRequest.into(name), tool, null, new ByteArrayInputStream(archive.toByteArray()));

        assertThat(report.problems()).isEmpty();
        assertThat(report.labels()).isEqualTo(3);
        var ours = """
                SELECT i.instruction || ' ' || least(f.model, s.model) || ' ' || greatest(f.model, s.model) || ' '
                    || CASE l.verdicts ->> 'overall' WHEN 'first' THEN f.model WHEN 'second' THEN s.model ELSE 'tie' END
                FROM %s l JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                JOIN candidate f ON f.id = p.first_candidate_id JOIN candidate s ON s.id = p.second_candidate_id
                WHERE l.campaign_id = ?""";
        var before = jdbc.sql(ours.formatted("current_label"))
                .param(campaign)
                .query(String.class)
                .list();
        var after = jdbc.sql(ours.formatted("imported_label"))
                .param(campaign())
                .query(String.class)
                .list();
        assertThat(new TreeSet<>(after)).isEqualTo(new TreeSet<>(before)).hasSize(3);
        if (format == ExportFormat.EDITREWARD_PARQUET) {
            assertThat(export("stratum=imported")).allSatisfy(label -> {
                assertThat(label.path("protocol").asString()).isEqualTo("imported-ratings-v1");
                assertThat(label.path("answers")
                                .path("visual_quality")
                                .path("first")
                                .asInt())
                        .isBetween(1, 4);
            });
        }
        if (format == ExportFormat.LABEL_STUDIO || format == ExportFormat.EDITREWARD_PARQUET) {
            assertThat(count("item")).as("three pairs of one item").isOne();
        }
    }

    /** Two rows as EditReward-Data has them: a verdict that its scores bear out, and one that they contradict. */
    private static byte[] editReward(String instructionColumn) {
        var columns = new Columns()
                .with("key", Feature.Value.STRING)
                .with(instructionColumn, Feature.Value.STRING)
                .with("source_img", new Feature.Picture())
                .with("left_output_image", new Feature.Picture())
                .with("right_output_image", new Feature.Picture())
                .with("left_model", Feature.Value.STRING)
                .with("right_model", Feature.Value.STRING)
                .with("left_instruction_following_score", Feature.Value.FLOAT32)
                .with("left_quality_aesthetic_score", Feature.Value.FLOAT32)
                .with("right_instruction_following_score", Feature.Value.FLOAT32)
                .with("right_quality_aesthetic_score", Feature.Value.FLOAT32)
                .with("vote_type", Feature.Value.STRING)
                .with("metadata_index", Feature.Value.INT32);
        var bytes = new ByteArrayOutputStream();
        try (var table = new ParquetTable(bytes, columns, true)) {
            for (int row = 0; row < 2; row++) {
                table.add(Arrays.asList(
                        "k" + row,
                        "Make it red.",
                        picture(0),
                        picture(1),
                        picture(2),
                        "alpha",
                        "beta",
                        4.0f,
                        3.0f,
                        2.0f,
                        row == 0 ? 2.0f : 1.5f,
                        row == 0 ? "leftvote" : "rightvote",
                        40 + row));
            }
        }
        return bytes.toByteArray();
    }

    private static Feature.Picture.Encoded picture(int number) {
        return new Feature.Picture.Encoded(TestImages.png(40, 30, number), number + ".png");
    }

    @Test
    void ratings_of_editreward_are_taken_where_the_verdict_bears_them_out() throws IOException {
        var report = run(Tool.EDITREWARD, new TestForeignFiles().with("train.parquet", editReward("instruction")));

        assertThat(report.problems()).isEmpty();
        assertThat(export("stratum=imported"))
                .extracting(
                        label -> label.path("protocol").asString(),
                        label -> label.path("verdicts").path("overall").asString(),
                        label -> label.path("answers").toString())
                .containsExactly(
                        tuple(
                                "imported-ratings-v1",
                                "first",
                                "{\"visual_quality\":{\"first\":3,\"second\":2},"
                                        + "\"instruction_following\":{\"first\":4,\"second\":2}}"),
                        tuple("imported-preference-v1", "second", "{\"preference\":\"second\"}"));
        assertThat(export("stratum=imported").getLast().path("imported").asString())
                .contains("\"right_quality_aesthetic_score\": 1.5")
                .contains("\"metadata_index\": 41");
    }

    @Test
    void a_table_that_is_torn_or_of_another_schema_is_refused_by_name() throws IOException {
        var whole = editReward("instruction");
        assertThatThrownBy(() -> run(
                        Tool.EDITREWARD,
                        new TestForeignFiles().with("train.parquet", Arrays.copyOf(whole, whole.length - 100))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("train.parquet has no rows that can be read");

        var other = run(Tool.EDITREWARD, new TestForeignFiles().with("train.parquet", editReward("caption")));
        assertThat(other.refused()).isTrue();
        assertThat(other.problems())
                .extracting(ForeignProblem::file, ForeignProblem::row, ForeignProblem::field)
                .contains(tuple("train.parquet", 1, "instruction"));
        assertThat(other.problems().getFirst().message()).contains("name that in the mapping");
        assertThat(jdbc.sql("SELECT count(*) FROM campaign WHERE name = ?")
                        .param(name)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MMRB2 | edit.json | second | mmrb2/experts | `{\"pairs\": [{\"id\": \"e1\", \"prompt_source\": \"x\", \"prompt_content\": [[\"text\", \"Make it red.\"], [\"image\", \"p/source.png\"]], \"response_a\": {\"model_name\": \"alpha\", \"response_content\": [[\"image\", \"p/a.png\"]]}, \"response_b\": {\"model_name\": \"beta\", \"response_content\": [[\"image\", \"p/b.png\"]]}, \"chosen\": \"B\", \"human_annotations\": [1, -2, 3]}]}`",
                "RAPIDATA | votes.jsonl | first | rapidata/crowd | `{\"prompt\": \"Make it red.\", \"source_image\": \"p/source.png\", \"image1\": \"p/a.png\", \"image2\": \"p/b.png\", \"model1\": \"alpha\", \"model2\": \"beta\", \"votes_image1\": 14, \"votes_image2\": 9, \"detailed_results\": \"[]\"}`",
                "ARGILLA | records.jsonl | both_bad | argilla/u-1 | `{\"id\": \"r\", \"instruction\": \"Make it red.\", \"source\": \"p/source.png\", \"first\": \"p/a.png\", \"second\": \"p/b.png\", \"better.responses\": [\"both_bad\", \"first\"], \"better.responses.users\": [\"u-1\", \"u-2\"], \"better.responses.status\": [\"submitted\", \"draft\"]}`"
            })
    void other_formats_come_in_with_the_guessed_mapping(
            Tool tool, String file, String verdict, String annotator, String content) throws IOException {
        var report = run(tool, new TestForeignFiles().with(file, content));

        assertThat(report.problems()).isEmpty();
        assertThat(report.labels()).isOne();
        assertThat(verdicts()).containsExactly(verdict);
        assertThat(export("stratum=imported").getFirst().path("annotator").asString())
                .isEqualTo(annotator);
    }

    @Test
    void a_mapping_that_somebody_edited_is_read_to_the_letter() throws IOException {
        var guessed = imports.guess(lead, Tool.LABEL_STUDIO, TestForeignFiles.labelStudio().stream());
        assertThat(ImportMapping.read(guessed.json())).isEqualTo(guessed);
        assertThat(guessed.first()).isEqualTo("data.image_a");

        // the sides were the other way round
        var edited = ImportMapping.read(guessed.json()
                .replace("data.image_a", "?")
                .replace("data.image_b", "data.image_a")
                .replace("?", "data.image_b"));
        run(Tool.LABEL_STUDIO, edited, TestForeignFiles.labelStudio());
        assertThat(export("stratum=imported")
                        .getFirst()
                        .path("second")
                        .path("image")
                        .asString())
                .endsWith("p/a.png");

        assertThatThrownBy(() ->
                        ImportMapping.read(guessed.json().replace("\"both_bad\" : \"both_bad\"", "\"x\" : \"worse\"")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot mean worse");
        assertThatThrownBy(() -> ImportMapping.read("{\"from\": \"label-studio\", \"instructions\": \"x\"}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("instructions");
    }

    @Test
    void a_dry_run_and_a_strict_one_with_a_mistake_write_nothing() throws IOException {
        var dry = imports.importArchive(
                lead,
                new ImportRequest(name, null, null, true, false),
                Tool.LABEL_STUDIO,
                null,
                TestForeignFiles.labelStudio().stream());
        assertThat(dry).extracting(ForeignReport::items, ForeignReport::labels).containsExactly(1L, 2L);

        var strict = imports.importArchive(
                lead,
                new ImportRequest(name, null, null, false, true),
                Tool.LABEL_STUDIO,
                null,
                TestForeignFiles.labelStudio().without("p/b.png").stream());
        assertThat(strict.refused()).isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM campaign WHERE name = ?")
                        .param(name)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** Two pairs of one item, with a tie each, and all that a file may say of them. */
    private static String everything(Tool tool) {
        var task = "\"category\": \"cat-1\", \"odd\": \"odd-1\"";
        var said = "\"created_at\": \"2024-05-01T10:00:00Z\", \"lead_time\": 12.5";
        var rows = List.of("p/b.png", "p/c.png").stream().map(second -> switch (tool) {
            case LABEL_STUDIO -> """
                    {"data": {"item": "i", "prompt": "Make it red.", "source": "p/source.png", "image_a": "p/a.png",
                     "image_b": "%s", "model_a": "alpha", "model_b": "beta", %s}, "predictions": [{"score": "suggested-1"}],
                     "annotations": [{"completed_by": "who-1", %s, "result": [{"from_name": "c",
                     "value": {"choices": ["tie"]}}]}]}""".formatted(second, task, said);
            case ARGILLA -> """
                    {"item": "i", "instruction": "Make it red.", "source": "p/source.png", "first": "p/a.png", "second": "%s",
                     "first_model": "alpha", "second_model": "beta", %s, %s, "v.responses": ["tie"],
                     "v.responses.users": ["who-1"], "v.suggestion": "suggested-1"}""".formatted(second, task, said);
            case EDITREWARD -> """
                    {"key": "i", "instruction": "Make it red.", "source_img": "p/source.png", "left_output_image": "p/a.png",
                     "right_output_image": "%s", "left_model": "alpha", "right_model": "beta", "vote_type": "tie", %s, %s,
                     "user": "who-1", "guess": "suggested-1"}""".formatted(second, task, said);
            case PICK_A_PIC -> """
                    {"item": "i", "caption": "Make it red.", "jpg_source": "p/source.png", "jpg_0": "p/a.png", "jpg_1": "%s",
                     "model_0": "alpha", "model_1": "beta", "label_0": 0.5, "label_1": 0.5, "user_id": "who-1", %s, %s,
                     "guess": "suggested-1"}""".formatted(second, task, said);
            case RAPIDATA -> """
                    {"item": "i", "prompt": "Make it red.", "source_image": "p/source.png", "image1": "p/a.png",
                     "image2": "%s", "model1": "alpha", "model2": "beta", "votes_image1": 5, "votes_image2": 5, %s, %s,
                     "user": "who-1", "guess": "suggested-1"}""".formatted(second, task, said);
            case MMRB2 -> """
                    {"item": "i", "id": "%1$s", "prompt_source": "cat-1", "prompt_content": [["text", "Make it red."],
                     ["image", "p/source.png"]], "response_a": {"model": "alpha", "response_content": [["image", "p/a.png"]]},
                     "response_b": {"model": "beta", "response_content": [["image", "%1$s"]]}, "chosen": "A",
                     "agreed": "tie", "user": "who-1", "guess": "suggested-1", %2$s, %3$s}""".formatted(second, task, said);
        });
        return "[" + String.join(",", rows.toList()) + "]";
    }

    @ParameterizedTest
    @EnumSource
    void what_survives_is_what_the_documentation_says(Tool tool) throws IOException {
        var files = new TestForeignFiles()
                .with("p/c.png", TestImages.png(40, 30, 3))
                .with("rows.json", everything(tool));
        assertThat(run(tool, files).problems()).isEmpty();
        var label = export("stratum=imported").getFirst();
        var kept = label.path("imported").asString();
        var found = new LinkedHashMap<String, String>();
        found.put(
                "instruction, pictures, models",
                Set.of("alpha", "beta")
                                .contains(label.path("first").path("model").asString())
                        ? "yes"
                        : "no");
        found.put("several pairs of one item", count("item") == 1 ? "yes" : "no");
        found.put("category", fate(label.path("category").asString().equals("cat-1"), kept, "cat-1"));
        found.put("who answered", fate(label.path("annotator").asString().endsWith("/who-1"), kept, "who-1"));
        found.put("tie", fate(label.path("verdicts").path("overall").asString().equals("tie"), kept, "tie"));
        found.put("time", fate(label.path("submitted_at").asString().startsWith("2024-05-01"), kept, "2024-05-01"));
        found.put("duration", fate(label.path("active_milliseconds").asInt() == 12_500, kept, "12.5"));
        found.put("predictions, suggestions", fate(false, kept, "suggested-1"));
        found.put("unknown fields", fate(false, kept, "odd-1"));

        var lines = Files.readAllLines(Path.of("../../src/docs/imports.md"));
        var tools = lines.stream()
                .filter(line -> line.startsWith("| | label-studio"))
                .findFirst()
                .orElseThrow();
        int column = List.of(tools.split("\\s*\\|\\s*", -1)).indexOf(tool.word());
        found.forEach((what, fate) -> assertThat(lines)
                .filteredOn(line -> line.startsWith("| " + what + " |"))
                .singleElement()
                .extracting(line -> line.split("\\s*\\|\\s*", -1)[column])
                .as(what)
                .isEqualTo(fate));
    }

    private static String fate(boolean inItsPlace, String kept, String value) {
        return inItsPlace ? "yes" : kept.contains(value) ? "kept" : "no";
    }
}
