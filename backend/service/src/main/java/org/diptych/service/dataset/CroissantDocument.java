package org.diptych.service.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diptych.service.dataset.table.Feature;
import tools.jackson.databind.json.JsonMapper;

/**
 * croissant.json: Croissant 1.1 with the vocabulary for responsible AI, whose answers are in the platform's database.
 * {@code url} is where the dataset will be published, which nobody knows yet: the files' own place.
 */
final class CroissantDocument {
    private final DatasetTexts texts;
    private final List<Archive.DataFile> files;
    private final LocalDate today;

    CroissantDocument(DatasetTexts texts, List<Archive.DataFile> files, LocalDate today) {
        this.texts = texts;
        this.files = files;
        this.today = today;
    }

    String text() {
        return JsonMapper.shared()
                .writer()
                .with(LineSeparators.ESCAPED)
                .withDefaultPrettyPrinter()
                .writeValueAsString(document());
    }

    private Map<String, Object> document() {
        var facts = texts.facts();
        var document = new LinkedHashMap<String, Object>();
        document.put("@context", context());
        document.put("@type", "sc:Dataset");
        document.put(
                "conformsTo", List.of("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"));
        document.put("name", identifier(facts.campaign()));
        document.put("description", texts.summary() + " " + texts.collection());
        document.put("license", licence());
        document.put("url", "README.md");
        document.put("creator", Map.of("@type", "sc:Organization", "name", "The team of " + facts.campaign()));
        document.put("datePublished", today.toString());
        document.put("version", "1.0.0");
        document.put("rai:dataCollection", texts.collection());
        document.put("rai:dataCollectionType", List.of("Manual Human Curator", "Experiments"));
        document.put("rai:dataCollectionTimeframe", texts.timeframe());
        document.put("rai:dataCollectionMissingData", texts.missing());
        document.put(
                "rai:dataPreprocessingProtocol", "Pictures are upright, without metadata, otherwise as they came in.");
        document.put("rai:dataAnnotationProtocol", texts.protocols());
        document.put("rai:dataAnnotationPlatform", "Diptych");
        document.put("rai:dataAnnotationAnalysis", analysis());
        document.put("rai:annotationsPerItem", texts.perItem());
        document.put(
                "rai:annotatorDemographics",
                facts.annotators()
                        + " annotators chosen by the campaign's leads. The platform records no demographics.");
        document.put("rai:machineAnnotationTools", List.of(texts.machines()));
        document.put("rai:dataBiases", texts.biases() + " " + texts.chosen());
        document.put("rai:dataLimitations", texts.limits());
        document.put("rai:dataUseCases", "Training and measuring reward models and judges of edited images.");
        document.put("rai:personalSensitiveInformation", texts.people());
        document.put(
                "rai:dataReleaseMaintenancePlan",
                "Answers are append-only: a later export of the campaign holds these and those that came since.");
        document.put("distribution", distribution());
        var sets = recordSets();
        if (!sets.isEmpty()) {
            document.put("recordSet", sets);
        }
        return document;
    }

    private String analysis() {
        return texts.aggregation() + " Agreement of the campaign's annotators: "
                + (texts.agreement().isEmpty() ? "not measured." : String.join("; ", texts.agreement()) + ".");
    }

    private String licence() {
        var licence = texts.options().licence();
        return licence.equals("unknown") ? licence : "https://spdx.org/licenses/" + licence;
    }

    private static Map<String, Object> context() {
        var context = new LinkedHashMap<String, Object>();
        context.put("@language", "en");
        context.put("@vocab", "https://schema.org/");
        context.put("sc", "https://schema.org/");
        context.put("cr", "http://mlcommons.org/croissant/");
        context.put("rai", "http://mlcommons.org/croissant/RAI/");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("prov", "http://www.w3.org/ns/prov#");
        for (var term : List.of(
                "conformsTo",
                "recordSet",
                "field",
                "dataType",
                "source",
                "extract",
                "fileSet",
                "fileObject",
                "column",
                "transform",
                "jsonPath",
                "includes",
                "isArray",
                "arrayShape",
                "subField",
                "key",
                "equivalentProperty")) {
            context.put(term, term.equals("conformsTo") ? "dct:conformsTo" : "cr:" + term);
        }
        context.put("dataType", Map.of("@id", "cr:dataType", "@type", "@vocab"));
        return context;
    }

    private List<Map<String, Object>> distribution() {
        var distribution = new ArrayList<Map<String, Object>>();
        for (var file : files) {
            var object = new LinkedHashMap<String, Object>();
            object.put("@type", "cr:FileObject");
            object.put("@id", file.path());
            object.put("name", file.path());
            object.put("contentUrl", file.path());
            object.put("contentSize", file.bytes() + " B");
            object.put("encodingFormat", encoding(file));
            object.put("sha256", file.sha256());
            distribution.add(object);
        }
        for (var config : tables().keySet()) {
            var set = new LinkedHashMap<String, Object>();
            set.put("@type", "cr:FileSet");
            set.put("@id", config + "-files");
            set.put("name", config + "-files");
            set.put("encodingFormat", "application/x-parquet");
            set.put("includes", config + "/*.parquet");
            distribution.add(set);
        }
        return distribution;
    }

    private static String encoding(Archive.DataFile file) {
        if (file.path().endsWith(".parquet")) {
            return "application/x-parquet";
        }
        return file.path().endsWith(".jsonl") ? "application/jsonlines" : "application/json";
    }

    private Map<String, Archive.DataFile> tables() {
        var tables = new LinkedHashMap<String, Archive.DataFile>();
        for (var file : files) {
            if (!file.columns().names().isEmpty()) {
                tables.putIfAbsent(file.config(), file);
            }
        }
        return tables;
    }

    private List<Map<String, Object>> recordSets() {
        var sets = new ArrayList<Map<String, Object>>();
        for (var table : tables().entrySet()) {
            var set = new LinkedHashMap<String, Object>();
            set.put("@type", "cr:RecordSet");
            set.put("@id", table.getKey());
            set.put("name", table.getKey());
            var fields = new ArrayList<Map<String, Object>>();
            for (var column : table.getValue().columns().byName().entrySet()) {
                fields.add(field(table.getKey(), column.getKey(), column.getValue()));
            }
            set.put("field", fields);
            sets.add(set);
        }
        return sets;
    }

    private static Map<String, Object> field(String config, String column, Feature feature) {
        var field = new LinkedHashMap<String, Object>();
        field.put("@type", "cr:Field");
        field.put("@id", config + "/" + column);
        field.put("name", column);
        field.put("dataType", column.equals("verdict") ? List.of(type(feature), "cr:Label") : type(feature));
        if (feature instanceof Feature.ListOf || feature instanceof Feature.Structs) {
            field.put("isArray", true);
            field.put("arrayShape", "-1");
        }
        if (column.equals("annotator")) {
            field.put("equivalentProperty", "prov:wasAttributedTo");
        }
        var source = source(config, column);
        if (feature instanceof Feature.Picture) {
            source.put("transform", Map.of("jsonPath", "bytes"));
        }
        if (feature instanceof Feature.Structs structs) {
            field.put(
                    "subField",
                    structs.members().byName().entrySet().stream()
                            .map(member -> {
                                var sub = new LinkedHashMap<String, Object>();
                                sub.put("@type", "cr:Field");
                                sub.put("@id", config + "/" + column + "/" + member.getKey());
                                sub.put("name", member.getKey());
                                sub.put("dataType", type(member.getValue()));
                                var from = source(config, column);
                                from.put("transform", Map.of("jsonPath", member.getKey()));
                                sub.put("source", from);
                                return sub;
                            })
                            .toList());
            field.remove("dataType");
        }
        field.put("source", source);
        return field;
    }

    private static Map<String, Object> source(String config, String column) {
        var source = new LinkedHashMap<String, Object>();
        source.put("fileSet", Map.of("@id", config + "-files"));
        source.put("extract", Map.of("column", column));
        return source;
    }

    private static String type(Feature feature) {
        return switch (feature) {
            case Feature.Value.STRING, Feature.Value.BINARY -> "sc:Text";
            case Feature.Value.INT32, Feature.Value.INT64 -> "sc:Integer";
            case Feature.Value.FLOAT32, Feature.Value.FLOAT64 -> "sc:Float";
            case Feature.Value.BOOL -> "sc:Boolean";
            case Feature.Value.TIME -> "sc:DateTime";
            case Feature.Picture _ -> "sc:ImageObject";
            case Feature.ClassLabel _ -> "sc:Integer";
            case Feature.ListOf list -> type(list.of());
            case Feature.Structs _, Feature.Struct _ -> "sc:Text";
        };
    }

    private static String identifier(String name) {
        var plain = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "dataset" : plain;
    }
}
