package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Datasets of several files, read back by a reader that shares no code with the writer. */
@ServiceTest
@NullUnmarked
class FolderExportIT {
    private static final String INSTRUCTION = "say \"\u05e9\u05dc\u05d5\u05dd\" \u2028 \ud83d\ude80 'x'\n\u7ea2";

    @TempDir
    Path folder;

    @Autowired
    ExportService exports;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    ObjectStore store;

    @Autowired
    JdbcClient jdbc;

    private SignedIn admin;
    private UUID campaign;

    @BeforeEach
    void a_campaign_with_labels() throws IOException {
        admin = accounts.createAccount("a" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 6, 2);
        for (var sha256 : jdbc.sql("""
                        SELECT source_sha256 FROM item WHERE campaign_id = :c
                        UNION SELECT image_sha256 FROM candidate WHERE campaign_id = :c""").param("c", campaign).query(String.class).list()) {
            store.put(ObjectStore.keyOf(sha256), sha256.getBytes(StandardCharsets.UTF_8));
        }
        // the column begins with nulls
        jdbc.sql("UPDATE item SET instruction = ?, category = CASE WHEN external_id = 'item-5' THEN 'colour' END"
                        + " WHERE campaign_id = ?")
                .params(INSTRUCTION, campaign)
                .update();
        var people = fixture.annotators(campaign, 2);
        people.forEach(person -> jdbc.sql("UPDATE account SET simulated = false WHERE id = ?")
                .param(person.id())
                .update());
        for (var person : people) {
            int number = 0;
            for (var assignment : assignments.claim(person, campaign, 20).assignments()) {
                boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                        .param(assignment.id())
                        .query(Boolean.class)
                        .single();
                int better = number++ == 0 ? 2 : 4;
                labels.submit(person, TestSubmissions.rated(assignment, swapped ? 2 : better, swapped ? better : 2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"JSONL", "EDITREWARD_JSON", "REPLAY"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_format_has_its_files_a_card_and_a_description(ExportFormat format) throws IOException {
        var names = export(format, ExportOptions.DEFAULT);

        assertThat(names).contains("README.md", "protocols/edit-preference-v1.yaml");
        assertThat(names.getLast()).isEqualTo("croissant.json");
        var files = croissant()
                .path("distribution")
                .valueStream()
                .filter(file -> file.path("@type").asString().equals("cr:FileObject"))
                .toList();
        assertThat(files).isNotEmpty().allSatisfy(file -> {
            assertThat(names).contains(file.path("contentUrl").asString());
            assertThat(file.path("sha256").asString()).matches("[0-9a-f]{64}");
        });
        for (var name : names.stream().filter(name -> name.endsWith(".jsonl")).toList()) {
            var lines = Files.readString(folder.resolve(name));
            assertThat(lines).doesNotContain("\u2028");
            for (var line : lines.split("\n")) {
                assertThat(JsonMapper.shared().readTree(line).toString()).contains("\ud83d\ude80");
            }
        }
    }

    @Test
    void texts_pictures_and_late_values_come_back_from_parquet() throws IOException {
        export(ExportFormat.PARQUET, ExportOptions.DEFAULT);

        assertThat(rows("SELECT DISTINCT instruction FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of(INSTRUCTION));
        assertThat(
                        rows(
                                "SELECT count(*), count(category), max(category), sum(labels) FROM '%s/pairs/train-00000.parquet'"))
                .containsExactly(List.of("6", "1", "colour", "12"));
        assertThat(
                        rows(
                                "SELECT count(*) FROM '%s/pairs/train-00000.parquet' p JOIN '%s/candidates/train-00000.parquet' c"
                                        + " ON p.first.bytes = c.image.bytes AND decode(c.image.bytes) = c.sha256 AND c.kind = 1"))
                .containsExactly(List.of("6"));
        assertThat(
                        rows(
                                "SELECT count(*) FROM '%s/annotations/train-00000.parquet' a JOIN"
                                        + " '%s/comparisons/train-00000.parquet' c ON a.task = c.task AND a.first_candidate = c.first_candidate"))
                .containsExactly(List.of("12"));
        assertThat(
                        rows(
                                "SELECT verdict, preference, count(*) FROM '%s/pairs/train-00000.parquet' GROUP BY 1, 2 ORDER BY 3"))
                .anySatisfy(row -> assertThat(row).startsWith("0", "1.0"));
    }

    @ParameterizedTest
    @EnumSource(ConsensusRule.class)
    void what_an_adjudicator_decided_comes_before_every_consensus_of_answers_and_says_so(ConsensusRule rule)
            throws IOException {
        decide("""
                {"instruction_following": {"first": 1, "second": 3}, "visual_quality": {"first": 2, "second": 4}}""");
        var options = new ExportOptions(LabelFilter.DEFAULT, Split.NONE, rule, Names.WRITTEN, "unknown");

        export(ExportFormat.PARQUET, options);
        assertThat(rows("SELECT verdict, share_second, labels, consensus, dimensions[1].rating_second"
                        + " FROM '%s/pairs/train-00000.parquet' WHERE item = 'item-2'"))
                .containsExactly(List.of("3", "1.0", "2", "adjudicated", "3.0"));
        assertThat(rows("SELECT DISTINCT consensus FROM '%s/comparisons/train-00000.parquet' WHERE item <> 'item-2'"))
                .containsExactly(List.of(rule == ConsensusRule.MAJORITY ? "majority" : "dawid-skene"));

        export(ExportFormat.PICK_A_PIC, options);
        assertThat(rows("SELECT label_1 FROM '%s/pairs/train-00000.parquet' WHERE consensus = 'adjudicated'"))
                .containsExactly(List.of("1.0"));
        export(ExportFormat.TRL, options);
        assertThat(rows("SELECT margin FROM '%s/judgements/train-00000.parquet' WHERE consensus = 'adjudicated'"))
                .hasSize(2);
        export(ExportFormat.EDITREWARD_PARQUET, options);
        assertThat(rows("SELECT vote_type, right_overall_score FROM '%s/default/train-00000.parquet'"
                        + " WHERE consensus = 'adjudicated'"))
                .containsExactly(List.of("rightvote", "7.0"));
        for (var format : List.of(ExportFormat.MS_SWIFT, ExportFormat.LLAMA_FACTORY, ExportFormat.ARGILLA)) {
            export(format, options);
            assertThat(Files.readString(folder.resolve("train.jsonl")))
                    .as(format.word())
                    .contains("\"consensus\":\"adjudicated\"");
        }
        export(ExportFormat.LABEL_STUDIO, options);
        assertThat(Files.readString(folder.resolve("train.json")))
                .contains("\"verdict\":\"second\",\"consensus\":\"adjudicated\"");

        var single = new ByteArrayOutputStream();
        exports.write(admin, campaign, ExportFormat.EDITREWARD_JSON, single);
        assertThat(single.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\"consensus\":\"adjudicated\"");
    }

    @Test
    void a_verdict_under_a_version_that_is_left_out_or_after_the_last_day_does_not_count() throws IOException {
        decide("""
                {"instruction_following": {"first": 1, "second": 3}, "visual_quality": {"first": 2, "second": 4}}""");
        assertThat(LabelFilter.of(List.of("protocol=edit-preference-v1")).admits("edit-preference-v2", Instant.now()))
                .isFalse();
        assertThat(LabelFilter.of(List.of("to=2020-01-01")).admits("edit-preference-v1", Instant.now()))
                .isFalse();
        assertThat(LabelFilter.DEFAULT.admits("edit-preference-v1", Instant.now()))
                .isTrue();
    }

    /** A verdict on item 2. */
    private void decide(String answers) {
        jdbc.sql("""
                        INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, swapped, adjudicator_id)
                        SELECT c.id, p.id, c.protocol_sha256, ?::jsonb,
                            '{"instruction_following": "second", "visual_quality": "second", "overall": "second"}', false, ?
                        FROM campaign c JOIN item i ON i.campaign_id = c.id AND i.external_id = 'item-2'
                        JOIN pair p ON p.item_id = i.id WHERE c.id = ?""").params(answers, admin.id(), campaign).update();
    }

    /** datasets gives a column its feature only where the type that the feature implies equals the file's. */
    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"PARQUET", "EDITREWARD_PARQUET", "TRL", "PICK_A_PIC"})
    void the_footer_implies_the_schema_and_the_card_says_the_same(ExportFormat format) throws IOException {
        var names = export(format, ExportOptions.DEFAULT);
        var described = new LinkedHashMap<String, Map<?, ?>>();
        for (var info : (List<?>) frontMatter().get("dataset_info")) {
            described.put((String) ((Map<?, ?>) info).get("config_name"), (Map<?, ?>) info);
        }
        for (var name : names.stream().filter(file -> file.endsWith(".parquet")).toList()) {
            var file = folder.resolve(name).toString();
            var features = JsonMapper.shared()
                    .readTree(rows("SELECT decode(value) FROM parquet_kv_metadata('" + file
                                    + "') WHERE decode(key) = 'huggingface'")
                            .getFirst()
                            .getFirst())
                    .path("info")
                    .path("features");
            var nodes = rows("SELECT name, type, repetition_type, num_children, logical_type FROM parquet_schema('"
                    + file + "')");
            assertThat(nodes.stream().skip(1))
                    .allSatisfy(node -> assertThat(node.get(2))
                            .isEqualTo(node.getFirst().equals("list") ? "REPEATED" : "OPTIONAL"));
            var flat = nodes.stream()
                    .skip(1)
                    .map(node -> node.getFirst() + " " + type(node))
                    .toList();
            var implied = new ArrayList<String>();
            features.properties().forEach(feature -> ImpliedSchema.of(feature.getKey(), feature.getValue(), implied));
            assertThat(flat).as(name).isEqualTo(implied);
            var config = name.substring(0, name.indexOf('/'));
            assertThat(((List<?>) described.get(config).get("features"))
                            .stream()
                                    .map(feature -> ((Map<?, ?>) feature).get("name"))
                                    .map(String::valueOf))
                    .containsExactlyElementsOf(features.propertyNames());
        }
    }

    private static String type(List<String> node) {
        return node.get(4) != null && node.get(4).startsWith("StringType")
                ? "STRING"
                : node.get(4) != null && node.get(4).startsWith("TimestampType")
                        ? "TIMESTAMP"
                        : node.get(1) == null ? "GROUP" : node.get(1);
    }

    /** What Arrow's schema of a feature looks like in Parquet, written again from the library's rules. */
    private static final class ImpliedSchema {
        static void of(String name, JsonNode feature, List<String> nodes) {
            if (feature.isArray()) {
                nodes.add(name + " GROUP");
                nodes.add("list GROUP");
                nodes.add("element GROUP");
                feature.get(0).properties().forEach(member -> of(member.getKey(), member.getValue(), nodes));
                return;
            }
            switch (feature.path("_type").asString()) {
                case "Image" -> nodes.addAll(List.of(name + " GROUP", "bytes BYTE_ARRAY", "path STRING"));
                case "ClassLabel" -> nodes.add(name + " INT64");
                case "Sequence" -> {
                    nodes.add(name + " GROUP");
                    nodes.add("list GROUP");
                    of("element", feature.path("feature"), nodes);
                }
                case "Value" ->
                    nodes.add(name + " " + value(feature.path("dtype").asString()));
                default -> throw new AssertionError(feature);
            }
        }

        private static String value(String type) {
            return switch (type) {
                case "string" -> "STRING";
                case "int32" -> "INT32";
                case "int64" -> "INT64";
                case "float32" -> "FLOAT";
                case "float64" -> "DOUBLE";
                case "bool" -> "BOOLEAN";
                case "binary" -> "BYTE_ARRAY";
                case "timestamp[us, tz=UTC]" -> "TIMESTAMP";
                default -> throw new AssertionError(type);
            };
        }
    }

    /** The signs of what a row may hold, as it is spelt in each format. */
    private static final Map<String, List<String>> SIGNS = Map.of(
            "model names", List.of("model"),
            "category", List.of("category"),
            "ratings", List.of("rating_first", "_score\""),
            "sides as shown", List.of("\"left\":"),
            "selection probability", List.of("selection_probability"),
            "skips", List.of("skip_reason"),
            "who decided", List.of("consensus"),
            "annotators", List.of("annotator", "annotators", "responses.users"),
            "single answers", List.of("active_milliseconds", "lead_time", "responses.users"));

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"REPLAY", "JSONL", "EDITREWARD_JSON"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_survives_is_what_the_matrix_says(ExportFormat format) throws IOException {
        var names = export(format, ExportOptions.DEFAULT);
        var said = new StringBuilder();
        for (var name : names) {
            if (name.endsWith(".parquet")) {
                said.append(rows("SELECT decode(value) FROM parquet_kv_metadata('" + folder.resolve(name) + "')"));
            } else if (name.endsWith(".jsonl") || name.equals("train.json")) {
                said.append(Files.readString(folder.resolve(name)));
            }
        }
        var lines = Files.readAllLines(Path.of("../../src/docs/exports.md")).stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(1).split(" ?\\| ?")))
                .toList();
        var head = lines.stream()
                .filter(line -> line.contains("jsonl"))
                .findFirst()
                .orElseThrow();
        int column = head.indexOf(format.word());
        SIGNS.forEach((what, signs) -> {
            var row = lines.stream()
                    .filter(line -> line.getFirst().strip().equals(what))
                    .findFirst()
                    .orElseThrow();
            assertThat(signs.stream().anyMatch(sign -> said.indexOf(sign) >= 0))
                    .as(format.word() + ": " + what)
                    .isEqualTo(!row.get(column).equals("-"));
        });
    }

    @Test
    void the_card_and_croissant_say_what_the_database_knows() throws IOException {
        export(ExportFormat.PARQUET, ExportOptions.of(List.of(), null, "dawid-skene", null, "CC-BY-4.0"));

        var matter = frontMatter();
        assertThat(matter.get("license")).isEqualTo("cc-by-4.0");
        assertThat(matter.get("task_categories")).isEqualTo(List.of("image-text-to-image"));
        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("12 answers by 2 annotators to 6 pairs", "edit-preference-v1", "Krippendorff", "Dawid-Skene");
        var croissant = croissant();
        for (var required : List.of(
                "@context",
                "name",
                "description",
                "license",
                "url",
                "creator",
                "datePublished",
                "distribution",
                "recordSet",
                "rai:dataAnnotationProtocol",
                "rai:dataBiases",
                "rai:dataLimitations",
                "rai:dataUseCases",
                "rai:dataAnnotationAnalysis",
                "rai:dataCollectionMissingData")) {
            assertThat(croissant.path(required).isEmpty()
                            && croissant.path(required).asString("").isEmpty())
                    .as(required)
                    .isFalse();
        }
        assertThat(croissant.path("conformsTo").get(0).asString()).isEqualTo("http://mlcommons.org/croissant/1.1");
        var fileSets = croissant
                .path("distribution")
                .valueStream()
                .map(file -> file.path("@id").asString())
                .toList();
        for (var set : croissant.path("recordSet")) {
            for (var field : set.path("field")) {
                assertThat(fileSets).contains(field.at("/source/fileSet/@id").asString());
                assertThat(field.at("/source/extract/column").asString())
                        .isEqualTo(field.path("name").asString());
            }
        }
    }

    @Test
    void parts_share_no_source_and_are_the_same_again() throws IOException {
        var options = ExportOptions.of(List.of(), "50/0/50", null, null, null);
        export(ExportFormat.PARQUET, options);
        var query = "SELECT task FROM '%s/comparisons/train-00000.parquet' ORDER BY task";
        var train = rows(query);

        assertThat(rows("SELECT count(*) FROM '%s/comparisons/train-00000.parquet' a JOIN"
                        + " '%s/comparisons/test-00000.parquet' b ON a.source_sha256 = b.source_sha256"))
                .containsExactly(List.of("0"));
        assertThat(rows("SELECT count(*) FROM '%s/comparisons/*.parquet'")).containsExactly(List.of("6"));
        export(ExportFormat.PARQUET, options);
        assertThat(rows(query)).isEqualTo(train);
    }

    @Test
    void pseudonyms_hide_people_models_and_files_and_stay_the_same_within_an_export() throws IOException {
        export(ExportFormat.PARQUET, ExportOptions.of(List.of(), null, null, "pseudonym", null));

        assertThat(rows("SELECT count(DISTINCT annotator), bool_and(annotator LIKE 'annotator-%%') FROM"
                        + " '%s/annotations/train-00000.parquet'"))
                .containsExactly(List.of("2", "true"));
        assertThat(rows("SELECT count(DISTINCT model), count(file), count(*) FILTER (WHERE model LIKE 'editor%%') FROM"
                        + " '%s/candidates/train-00000.parquet'"))
                .containsExactly(List.of("2", "0", "0"));
    }

    @Test
    void filters_choose_and_a_wrong_one_is_told_what_there_is() throws IOException {
        var name = jdbc.sql(
                        "SELECT min(a.name) FROM label l JOIN account a ON a.id = l.annotator_id WHERE campaign_id = ?")
                .param(campaign)
                .query(String.class)
                .single();
        export(ExportFormat.PARQUET, ExportOptions.of(List.of("annotator=" + name), null, null, null, null));
        assertThat(rows("SELECT DISTINCT annotator FROM '%s/annotations/train-00000.parquet'"))
                .containsExactly(List.of(name));

        assertThatThrownBy(() -> LabelFilter.of(List.of("stratum=acquird")))
                .hasMessageContaining("uniform|acquired|gold|training");
        assertThatThrownBy(() -> ExportOptions.of(List.of(), "80/20", null, null, null))
                .hasMessageContaining("80/10/10");
        assertThatThrownBy(() -> ExportOptions.of(List.of(), null, null, "hidden", null))
                .hasMessageContaining("written, pseudonym, none");
        assertThatThrownBy(() -> export(
                        ExportFormat.PARQUET, ExportOptions.of(List.of("to=2001-01-01"), null, null, null, null)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No label fits");
    }

    @Test
    void simulated_answers_are_only_in_an_export_that_says_so() throws IOException {
        jdbc.sql(
                        "UPDATE account SET simulated = true WHERE id IN (SELECT annotator_id FROM label WHERE campaign_id = ?)")
                .param(campaign)
                .update();

        assertThatThrownBy(() -> export(ExportFormat.TRL, ExportOptions.DEFAULT))
                .hasMessageContaining("simulated=include");
        assertThat(export(ExportFormat.TRL, ExportOptions.of(List.of("simulated=include"), null, null, null, null)))
                .contains("judgements/train-00000.parquet");
    }

    private List<String> export(ExportFormat format, ExportOptions options) throws IOException {
        var stream = new ByteArrayOutputStream();
        exports.write(admin, campaign, format, options, stream);
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(stream.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                var target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.write(target, zip.readAllBytes());
            }
        }
        return names;
    }

    private Map<?, ?> frontMatter() throws IOException {
        var card = Files.readString(folder.resolve("README.md"));
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(card.split("---\n")[1]);
    }

    private JsonNode croissant() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("croissant.json")));
    }

    private List<List<String>> rows(String query) {
        var rows = new ArrayList<List<String>>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        query.replace("%s", folder.toString()).replace("%%", "%"))) {
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }
}
