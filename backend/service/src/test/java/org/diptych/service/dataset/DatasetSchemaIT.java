package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.diptych.service.ServiceTest;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What readers are told of a dataset: the footers of its tables, its card, its Croissant description. */
@ServiceTest
@NullUnmarked
class DatasetSchemaIT {
    @TempDir
    Path folder;

    private ExportFixture data;

    @BeforeEach
    void a_campaign_with_labels(@Autowired ApplicationContext context) throws IOException {
        data = new ExportFixture(context, folder);
    }

    /** datasets gives a column its feature only where the type that the feature implies equals the file's. */
    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"PARQUET", "EDITREWARD_PARQUET", "TRL", "PICK_A_PIC"})
    void the_footer_implies_the_schema_and_the_card_says_the_same(ExportFormat format) throws IOException {
        var names = data.export(format, ExportOptions.DEFAULT);
        var described = new LinkedHashMap<String, Map<?, ?>>();
        for (var info : (List<?>) data.frontMatter().get("dataset_info")) {
            described.put((String) ((Map<?, ?>) info).get("config_name"), (Map<?, ?>) info);
        }
        for (var name : names.stream().filter(file -> file.endsWith(".parquet")).toList()) {
            var file = data.folder.resolve(name).toString();
            var features = JsonMapper.shared()
                    .readTree(data.rows("SELECT decode(value) FROM parquet_kv_metadata('" + file
                                    + "') WHERE decode(key) = 'huggingface'")
                            .getFirst()
                            .getFirst())
                    .path("info")
                    .path("features");
            var nodes = data.rows("SELECT name, type, repetition_type, num_children, logical_type FROM parquet_schema('"
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
            assertThat(JsonMapper.shared()
                            .valueToTree(CardFeatures.of(
                                    (List<?>) described.get(config).get("features")))
                            .toString())
                    .isEqualTo(features.toString());
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

    @Test
    void the_card_and_croissant_say_what_the_database_knows() throws IOException {
        data.export(
                ExportFormat.PARQUET,
                ExportOptions.of(ExportFormat.PARQUET, List.of(), null, "dawid-skene", null, null, "CC-BY-4.0"));

        var matter = data.frontMatter();
        assertThat(matter.get("license")).isEqualTo("cc-by-4.0");
        assertThat(matter.get("task_categories")).isEqualTo(List.of("image-text-to-image"));
        assertThat(Files.readString(data.folder.resolve("README.md")))
                .contains("12 answers by 2 annotators to 6 pairs", "edit-preference-v1", "Krippendorff", "Dawid-Skene");
        var croissant = data.croissant();
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
        assertThat(croissant.path("rai:dataCollectionTimeframe")).hasSize(2);
        assertThat(croissant.path("rai:dataAnnotationAnalysis").toString()).contains("Dawid-Skene", "Krippendorff");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"JSONL", "EDITREWARD_JSON", "REPLAY"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_croissant_refers_to_is_declared_there_and_its_words_are_the_vocabularys(ExportFormat format)
            throws IOException {
        var names = data.export(format, ExportOptions.of(format, List.of(), "50/0/50", null, null, null, null));
        var croissant = data.croissant();
        var declared = new ArrayList<String>();
        var referred = new ArrayList<String>();
        var words = new TreeSet<String>();
        croissant.properties().forEach(property -> {
            words.add(property.getKey());
            if (!property.getKey().equals("@context")) {
                CroissantIds.collect(property.getValue(), declared, referred, words);
            }
        });

        assertThat(declared).doesNotHaveDuplicates().containsAll(referred);
        var context = croissant.path("@context").propertyNames();
        assertThat(words).allSatisfy(word -> {
            if (word.startsWith("rai:")) {
                assertThat(CroissantIds.RESPONSIBLE).contains(word.substring(4));
            } else if (word.indexOf(':') > 0) {
                assertThat(context).contains(word.substring(0, word.indexOf(':')));
            } else if (!word.startsWith("@") && !CroissantIds.SCHEMA_ORG.contains(word)) {
                assertThat(context).contains(word);
            }
        });
        for (var word : CroissantIds.ONE) {
            assertThat(croissant.path("rai:" + word).isArray()).as(word).isFalse();
        }
        assertThat(croissant
                        .path("distribution")
                        .valueStream()
                        .anyMatch(set -> set.path("@id").asString().equals("images-files")))
                .isEqualTo(names.stream().anyMatch(name -> name.startsWith("images/")));
    }

    @Test
    void each_answer_is_attributed_row_by_row_and_each_row_to_its_part() throws IOException {
        data.export(
                ExportFormat.PARQUET,
                ExportOptions.of(ExportFormat.PARQUET, List.of(), "50/0/50", null, null, null, null));

        for (var set : data.croissant().path("recordSet").valueStream().skip(1).toList()) {
            var table = set.path("name").asString();
            var columns = data.rows("SELECT name FROM parquet_schema('%s/" + table + "/train-00000.parquet')");
            for (var field : set.path("field")) {
                if (field.path("name").asString().equals("split")) {
                    var part =
                            Pattern.compile(field.at("/source/transform/regex").asString());
                    var match = part.matcher(table + "/test-00000.parquet");
                    assertThat(match.lookingAt()).isTrue();
                    assertThat(match.group(1)).isEqualTo("test");
                    continue;
                }
                assertThat(field.at("/source/extract/column").asString())
                        .isEqualTo(field.path("name").asString())
                        .satisfies(column -> assertThat(columns).contains(List.of(column)));
                assertThat(field.has("dataType") || field.has("subField")).isTrue();
            }
            var verdict = set.path("field")
                    .valueStream()
                    .filter(field -> field.path("name").asString().equals("verdict"))
                    .findFirst();
            if (table.equals("annotations")) {
                assertThat(verdict.orElseThrow()
                                .at("/annotation/equivalentProperty")
                                .asString())
                        .isEqualTo("prov:wasAttributedTo");
                assertThat(verdict.orElseThrow().at("/annotation/dataType").asString())
                        .isEqualTo("prov:Person");
            }
        }
    }

    /** What {@code datasets} makes of the features in a card, written again from the library's rules. */
    private static final class CardFeatures {
        static Map<String, Object> of(List<?> entries) {
            var features = new LinkedHashMap<String, Object>();
            for (var entry : entries) {
                features.put((String) ((Map<?, ?>) entry).get("name"), feature((Map<?, ?>) entry));
            }
            return features;
        }

        private static Object feature(Map<?, ?> entry) {
            if (entry.get("list") instanceof List<?> members) {
                return List.of(of(members));
            }
            if (entry.containsKey("list")) {
                return ordered("feature", single(entry.get("list")), "_type", "Sequence");
            }
            return single(entry.get("dtype"));
        }

        private static Object single(Object type) {
            if (type instanceof Map<?, ?> labelled) {
                var names = (Map<?, ?>) ((Map<?, ?>) labelled.get("class_label")).get("names");
                var inOrder = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    inOrder.add(names.get(Integer.toString(i)));
                }
                return ordered("names", inOrder, "_type", "ClassLabel");
            }
            return type.equals("image") ? Map.of("_type", "Image") : ordered("dtype", type, "_type", "Value");
        }

        private static Map<String, Object> ordered(String one, Object first, String other, Object second) {
            var map = new LinkedHashMap<String, Object>();
            map.put(one, first);
            map.put(other, second);
            return map;
        }
    }

    /** What croissant.json declares and refers to, and the words that it may use. */
    private static final class CroissantIds {
        static final List<String> SCHEMA_ORG = List.of(
                "name",
                "description",
                "license",
                "url",
                "creator",
                "datePublished",
                "version",
                "distribution",
                "contentUrl",
                "contentSize",
                "encodingFormat",
                "sha256");
        static final List<String> ONE = List.of(
                "dataCollection",
                "dataCollectionMissingData",
                "dataCollectionRawData",
                "dataAnnotationProtocol",
                "dataSocialImpact",
                "annotationsPerItem");
        static final List<String> RESPONSIBLE = List.of(
                "dataCollection",
                "dataCollectionType",
                "dataCollectionMissingData",
                "dataCollectionRawData",
                "dataCollectionTimeframe",
                "dataPreprocessingProtocol",
                "dataAnnotationProtocol",
                "dataAnnotationPlatform",
                "dataAnnotationAnalysis",
                "dataReleaseMaintenancePlan",
                "personalSensitiveInformation",
                "dataSocialImpact",
                "dataBiases",
                "dataLimitations",
                "dataUseCases",
                "annotationsPerItem",
                "annotatorDemographics",
                "machineAnnotationTools");

        static void collect(JsonNode node, List<String> declared, List<String> referred, Set<String> words) {
            if (node.has("@id")) {
                (node.size() == 1 ? referred : declared).add(node.path("@id").asString());
            }
            node.properties().forEach(property -> {
                if (property.getKey().equals("data")) {
                    return;
                }
                words.add(property.getKey());
                collect(property.getValue(), declared, referred, words);
            });
            node.valueStream().filter(JsonNode::isContainer).forEach(each -> {
                if (node.isArray()) {
                    collect(each, declared, referred, words);
                }
            });
        }
    }
}
