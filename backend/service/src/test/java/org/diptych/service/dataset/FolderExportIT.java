package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diptych.service.ServiceTest;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Datasets of several files, read back by a reader that shares no code with the writer. */
@ServiceTest
@NullUnmarked
class FolderExportIT {
    @TempDir
    Path folder;

    private ExportFixture data;

    @BeforeEach
    void a_campaign_with_labels(@Autowired ApplicationContext context) throws IOException {
        data = new ExportFixture(context, folder);
    }

    @Autowired
    ExportService exports;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"JSONL", "EDITREWARD_JSON", "REPLAY"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_format_has_its_files_a_card_and_a_description(ExportFormat format) throws IOException {
        var names = data.export(format, ExportOptions.DEFAULT);

        assertThat(names).contains("README.md", "protocols/edit-preference-v1.yaml");
        assertThat(names.getLast()).isEqualTo("croissant.json");
        var files = data.croissant()
                .path("distribution")
                .valueStream()
                .filter(file -> file.path("@type").asString().equals("cr:FileObject"))
                .toList();
        assertThat(files).isNotEmpty().allSatisfy(file -> {
            assertThat(names).contains(file.path("contentUrl").asString());
            assertThat(file.path("sha256").asString()).matches("[0-9a-f]{64}");
        });
        for (var name : names.stream().filter(name -> name.endsWith(".jsonl")).toList()) {
            var lines = Files.readString(data.folder.resolve(name));
            assertThat(lines).doesNotContain("\u2028");
            for (var line : lines.split("\n")) {
                assertThat(JsonMapper.shared().readTree(line).toString()).contains("\ud83d\ude80");
            }
        }
    }

    @Test
    void texts_pictures_and_late_values_come_back_from_parquet() throws IOException {
        data.export(ExportFormat.PARQUET, ExportOptions.DEFAULT);

        assertThat(data.rows("SELECT DISTINCT instruction FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of(ExportFixture.INSTRUCTION));
        assertThat(
                        data.rows(
                                "SELECT count(*), count(category), max(category), sum(labels) FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of("6", "1", "colour", "12"));
        assertThat(
                        data.rows(
                                "SELECT count(*) FROM '%s/pairs/train-00000.parquet' p JOIN '%s/candidates/train-00000.parquet' c"
                                        + " ON p.first.bytes = c.image.bytes AND decode(c.image.bytes) = c.sha256 AND c.kind = 1"))
                .containsExactly(List.of("6"));
        assertThat(
                        data.rows(
                                "SELECT count(*) FROM '%s/annotations/train-00000.parquet' a JOIN"
                                        + " '%s/comparisons/train-00000.parquet' c ON a.task = c.task AND a.first_candidate = c.first_candidate"))
                .containsExactly(List.of("12"));
        assertThat(
                        data.rows(
                                "SELECT verdict, preference, count(*) FROM '%s/pairs/train-00000.parquet' GROUP BY 1, 2 ORDER BY 3"))
                .anySatisfy(row -> assertThat(row).startsWith("0", "1.0"));
    }

    @ParameterizedTest
    @EnumSource(ConsensusRule.class)
    void what_an_adjudicator_decided_comes_before_every_consensus_of_answers_and_says_so(ConsensusRule rule)
            throws IOException {
        data.decide("""
                {"instruction_following": {"first": 1, "second": 3}, "visual_quality": {"first": 2, "second": 4}}""", "second");
        var options = new ExportOptions(LabelFilter.DEFAULT, Split.NONE, rule, Names.WRITTEN, Ties.KEEP, "unknown");

        data.export(ExportFormat.PARQUET, options);
        assertThat(data.rows("SELECT verdict, share_second, labels, consensus, dimensions[1].rating_second"
                        + " FROM '%s/pairs/train-00000.parquet' WHERE item = 'item-2'"))
                .containsExactly(List.of("3", "1.0", "2", "adjudicated", "3.0"));
        assertThat(data.rows(
                        "SELECT DISTINCT consensus FROM '%s/comparisons/train-00000.parquet' WHERE item <> 'item-2'"))
                .containsExactly(List.of(rule == ConsensusRule.MAJORITY ? "majority" : "dawid-skene"));

        data.export(ExportFormat.PICK_A_PIC, options);
        assertThat(data.rows("SELECT label_1 FROM '%s/pairs/train-00000.parquet' WHERE consensus = 'adjudicated'"))
                .containsExactly(List.of("1.0"));
        data.export(ExportFormat.TRL, options);
        assertThat(data.rows("SELECT margin FROM '%s/judgements/train-00000.parquet' WHERE consensus = 'adjudicated'"))
                .hasSize(2);
        data.export(ExportFormat.EDITREWARD_PARQUET, options);
        assertThat(data.rows("SELECT vote_type, right_overall_score FROM '%s/default/train-00000.parquet'"
                        + " WHERE consensus = 'adjudicated'"))
                .containsExactly(List.of("rightvote", "7.0"));
        for (var format : List.of(ExportFormat.MS_SWIFT, ExportFormat.LLAMA_FACTORY, ExportFormat.ARGILLA)) {
            data.export(format, options);
            assertThat(Files.readString(data.folder.resolve("train.jsonl")))
                    .as(format.word())
                    .contains("\"consensus\":\"adjudicated\"");
        }
        data.export(ExportFormat.LABEL_STUDIO, options);
        assertThat(Files.readString(data.folder.resolve("train.json")))
                .contains("\"verdict\":\"second\",\"consensus\":\"adjudicated\"");

        var single = new ByteArrayOutputStream();
        exports.write(data.admin, data.campaign, ExportFormat.EDITREWARD_JSON, single);
        assertThat(single.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\"consensus\":\"adjudicated\"");
    }

    @Test
    void a_verdict_under_a_version_that_is_left_out_or_after_the_last_day_does_not_count() throws IOException {
        data.decide("""
                {"instruction_following": {"first": 1, "second": 3}, "visual_quality": {"first": 2, "second": 4}}""", "second");
        assertThat(LabelFilter.of(List.of("protocol=edit-preference-v1")).admits("edit-preference-v2", Instant.now()))
                .isFalse();
        assertThat(LabelFilter.of(List.of("to=2020-01-01")).admits("edit-preference-v1", Instant.now()))
                .isFalse();
        assertThat(LabelFilter.DEFAULT.admits("edit-preference-v1", Instant.now()))
                .isTrue();
    }

    @Test
    void where_nobody_won_a_row_says_so_or_is_left_out_or_becomes_two() throws IOException {
        data.decide("""
                {"instruction_following": {"first": 3, "second": 3}, "visual_quality": {"first": 2, "second": 2}}""", "tie");
        var counts = new ArrayList<String>();
        for (var ties : Ties.values()) {
            data.export(ExportFormat.EDITREWARD_PARQUET, with(ExportFormat.EDITREWARD_PARQUET, ties));
            counts.add(ties + " "
                    + data.rows(
                            "SELECT string_agg(vote_type, ',' ORDER BY vote_type), count(DISTINCT pair_index) = count(*)"
                                    + " FROM '%s/default/train-00000.parquet' WHERE consensus = 'adjudicated'"));
            data.export(ExportFormat.PICK_A_PIC, with(ExportFormat.PICK_A_PIC, ties));
            counts.add(ties + " "
                    + data.rows("SELECT string_agg(label_0, ',' ORDER BY label_0), max(preference) FROM"
                            + " '%s/pairs/train-00000.parquet' WHERE consensus = 'adjudicated'"));
            data.export(ExportFormat.TRL, with(ExportFormat.TRL, ties));
            counts.add(ties + " "
                    + data.rows("SELECT count(*), count(DISTINCT chosen), max(margin) FROM"
                            + " '%s/judgements/train-00000.parquet' WHERE consensus = 'adjudicated'"));
            var records = JsonMapper.shared()
                    .readTree(data.text(ExportFormat.EDITREWARD_JSON, with(ExportFormat.EDITREWARD_JSON, ties)))
                    .valueStream()
                    .filter(record -> record.path("consensus").asString().equals("adjudicated"))
                    .toList();
            counts.add(ties + " " + records.size() + " "
                    + records.stream()
                            .map(record -> record.path("path1").asString())
                            .distinct()
                            .count()
                    + records.stream()
                            .allMatch(record -> record.path("tie_case").asBoolean()));
        }
        assertThat(counts)
                .containsExactly(
                        "KEEP [[tie, true]]",
                        "KEEP [[0.5, 0.5]]",
                        "KEEP [[0, 0, null]]",
                        "KEEP 1 1true",
                        "DROP [[null, true]]",
                        "DROP [[null, null]]",
                        "DROP [[0, 0, null]]",
                        "DROP 0 0true",
                        "SPLIT [[leftvote,rightvote, true]]",
                        "SPLIT [[0.0,1.0, 0.5]]",
                        "SPLIT [[4, 2, 0.0]]",
                        "SPLIT 2 2true");

        data.export(ExportFormat.PARQUET, with(ExportFormat.PARQUET, Ties.DROP));
        assertThat(data.rows("SELECT count(*) FROM '%s/pairs/train-00000.parquet' WHERE verdict IN (1, 2)"))
                .containsExactly(List.of("0"));
        assertThatThrownBy(() -> with(ExportFormat.PARQUET, Ties.SPLIT))
                .hasMessageContaining("parquet has no use for ties=split")
                .hasMessageContaining("ties=drop");
    }

    private static ExportOptions with(ExportFormat format, Ties ties) {
        return ExportOptions.of(format, List.of(), null, null, null, ExportOptions.word(ties), null);
    }

    @Test
    void a_format_that_has_no_row_for_anything_is_no_empty_dataset() {
        var gold = ExportFixture.filtered(ExportFormat.MS_SWIFT, "model=editor-0", "stratum=gold");
        assertThatThrownBy(() -> data.export(ExportFormat.MS_SWIFT, gold)).hasMessageContaining("No label fits");

        jdbc.sql("""
                        INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, swapped, adjudicator_id)
                        SELECT c.id, p.id, c.protocol_sha256, '{}', '{"overall": "both_bad"}', false, ?
                        FROM campaign c JOIN pair p ON p.campaign_id = c.id WHERE c.id = ?""").params(data.admin.id(), data.campaign).update();
        for (var format : List.of(ExportFormat.MS_SWIFT, ExportFormat.TRL, ExportFormat.LLAMA_FACTORY)) {
            assertThatThrownBy(() -> data.export(format))
                    .as(format.word())
                    .hasMessageContaining("has no row for any of the 6 labelled tasks")
                    .hasMessageContaining("ties=split");
        }
    }

    @Test
    void a_large_table_goes_on_in_files_of_one_schema_that_the_card_puts_together() throws IOException {
        var columns = new Columns().with("text", Feature.Value.STRING).with("bytes", Feature.Value.BINARY);
        var zipped = new ByteArrayOutputStream();
        String card;
        try (var archive = new Archive(zipped, 1_000)) {
            archive.table("pairs", "train", columns, true, table -> {
                for (int row = 0; row < 250; row++) {
                    table.add(List.of("row " + row, new byte[40]));
                }
            });
            archive.table("pairs", "test", columns, true, _ -> {});
            var facts = DatasetFactsTest.facts("Cats");
            card = new DatasetCard(new DatasetTexts(facts, ExportOptions.DEFAULT, false, 0), archive.files()).text();
        }
        ExportFixture.unpack(zipped.toByteArray(), folder);

        assertThat(data.rows("SELECT count(*), count(DISTINCT text), count(DISTINCT filename) FROM"
                        + " read_parquet('%s/pairs/train-*.parquet', filename = true)"))
                .containsExactly(List.of("250", "250", "3"));
        var matter = ExportFixture.frontMatter(card);
        assertThat(matter.get("configs"))
                .isEqualTo(List.of(Map.of(
                        "config_name",
                        "pairs",
                        "data_files",
                        List.of(Map.of(
                                "split",
                                "train",
                                "path",
                                List.of(
                                        "pairs/train-00000.parquet",
                                        "pairs/train-00001.parquet",
                                        "pairs/train-00002.parquet"))),
                        "default",
                        true)));
        assertThat(matter.get("dataset_info").toString()).contains("name=train").contains("num_examples=250");
    }

    @Test
    void filters_by_model_and_by_answers_beside_the_wanted_number() throws IOException {
        jdbc.sql("UPDATE candidate SET model = 'a, b' WHERE campaign_id = ? AND ordinal = 1 AND path LIKE 'item-1%'")
                .param(data.campaign)
                .update();
        data.export(ExportFormat.PARQUET, ExportFixture.filtered(ExportFormat.PARQUET, "model=a, b"));
        assertThat(data.rows("SELECT item, second_model FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of("item-1", "a, b"));
        data.export(ExportFormat.PARQUET, ExportFixture.filtered(ExportFormat.PARQUET, "extra=exclude"));
        assertThat(data.rows("SELECT sum(labels) FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of("12"));
        assertThat(data.lines(
                        ExportFormat.JSONL,
                        ExportFixture.filtered(
                                ExportFormat.JSONL, "stratum=uniform", "model=editor-0", "superseded=exclude")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.path("stratum").asString()).isEqualTo("uniform"));
        assertThatThrownBy(() -> LabelFilter.of(List.of("from=2026-01-01", "from=2026-02-01")))
                .hasMessageContaining("from is both 2026-01-01 and 2026-02-01");
        assertThatThrownBy(() -> ExportFixture.filtered(ExportFormat.TRL, "superseded=include"))
                .hasMessageContaining("trl has no use for filter superseded=include");
        assertThatThrownBy(() -> ExportOptions.of(ExportFormat.REPLAY, List.of(), "80/10/10", null, null, null, null))
                .hasMessageContaining("replay has no use for split");
    }

    @Test
    void lines_hide_names_as_tables_do() {
        var options = ExportOptions.of(ExportFormat.JSONL, List.of(), null, null, "pseudonym", null, null);

        assertThat(data.lines(ExportFormat.JSONL, options)).hasSize(12).allSatisfy(line -> {
            assertThat(line.path("annotator").asString())
                    .startsWith("annotator-")
                    .hasSize(20);
            assertThat(line.at("/first/model").asString()).startsWith("model-");
            assertThat(line.at("/first/image").asString()).isEmpty();
        });
    }

    @Test
    void rows_name_the_versions_of_the_protocol_and_the_card_warns_of_several() throws IOException {
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql(
                        "UPDATE label SET protocol_sha256 = (SELECT sha256 FROM protocol WHERE id <> 'edit-preference' ORDER BY id LIMIT 1)"
                                + " WHERE campaign_id = ? AND id = (SELECT min(id::text)::uuid FROM label WHERE campaign_id = ?)")
                .params(data.campaign, data.campaign)
                .update();
        jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();

        data.export(ExportFormat.PARQUET);

        assertThat(data.rows(
                        "SELECT len(protocols), count(*) FROM '%s/pairs/train-00000.parquet' GROUP BY 1 ORDER BY 1"))
                .containsExactly(List.of("1", "5"), List.of("2", "1"));
        assertThat(Files.readString(folder.resolve("README.md"))).contains("under 2 versions of the protocol");
    }

    @Test
    void parts_share_no_source_and_are_the_same_again() throws IOException {
        var options = ExportOptions.of(ExportFormat.PARQUET, List.of(), "50/0/50", null, null, null, null);
        data.export(ExportFormat.PARQUET, options);
        var query = "SELECT task FROM '%s/comparisons/train-00000.parquet' ORDER BY task";
        var train = data.rows(query);

        assertThat(data.rows("SELECT count(*) FROM '%s/comparisons/train-00000.parquet' a JOIN"
                        + " '%s/comparisons/test-00000.parquet' b ON a.source_sha256 = b.source_sha256"))
                .containsExactly(List.of("0"));
        assertThat(data.rows("SELECT count(*) FROM '%s/comparisons/*.parquet'")).containsExactly(List.of("6"));
        data.export(ExportFormat.PARQUET, options);
        assertThat(data.rows(query)).isEqualTo(train);
    }

    @Test
    void pseudonyms_hide_people_models_and_files_and_stay_the_same_within_an_export() throws IOException {
        data.export(
                ExportFormat.PARQUET,
                ExportOptions.of(ExportFormat.PARQUET, List.of(), null, null, "pseudonym", null, null));

        assertThat(data.rows("SELECT count(DISTINCT annotator), bool_and(annotator LIKE 'annotator-%%') FROM"
                        + " '%s/annotations/train-00000.parquet'"))
                .containsExactly(List.of("2", "true"));
        assertThat(data.rows(
                        "SELECT count(DISTINCT model), count(file), count(*) FILTER (WHERE model LIKE 'editor%%') FROM"
                                + " '%s/candidates/train-00000.parquet'"))
                .containsExactly(List.of("2", "0", "0"));
    }

    @Test
    void filters_choose_and_a_wrong_one_is_told_what_there_is() throws IOException {
        var name = jdbc.sql(
                        "SELECT min(a.name) FROM label l JOIN account a ON a.id = l.annotator_id WHERE campaign_id = ?")
                .param(data.campaign)
                .query(String.class)
                .single();
        data.export(
                ExportFormat.PARQUET,
                ExportOptions.of(ExportFormat.PARQUET, List.of("annotator=" + name), null, null, null, null, null));
        assertThat(data.rows("SELECT DISTINCT annotator FROM '%s/annotations/train-00000.parquet'"))
                .containsExactly(List.of(name));

        assertThatThrownBy(() -> LabelFilter.of(List.of("stratum=acquird")))
                .hasMessageContaining("uniform|acquired|gold|training");
        assertThatThrownBy(() -> ExportOptions.of(ExportFormat.PARQUET, List.of(), "80/20", null, null, null, null))
                .hasMessageContaining("80/10/10");
        assertThatThrownBy(() -> ExportOptions.of(ExportFormat.PARQUET, List.of(), null, null, "hidden", null, null))
                .hasMessageContaining("written, pseudonym, none");
        assertThatThrownBy(() -> data.export(
                        ExportFormat.PARQUET,
                        ExportOptions.of(ExportFormat.PARQUET, List.of("to=2001-01-01"), null, null, null, null, null)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No label fits");
    }

    @Test
    void simulated_answers_are_only_in_an_export_that_says_so() throws IOException {
        jdbc.sql(
                        "UPDATE account SET simulated = true WHERE id IN (SELECT annotator_id FROM label WHERE campaign_id = ?)")
                .param(data.campaign)
                .update();

        assertThatThrownBy(() -> data.export(ExportFormat.TRL, ExportOptions.DEFAULT))
                .hasMessageContaining("simulated=include");
        assertThat(data.export(
                        ExportFormat.TRL,
                        ExportOptions.of(ExportFormat.TRL, List.of("simulated=include"), null, null, null, null, null)))
                .contains("judgements/train-00000.parquet");
    }
}
