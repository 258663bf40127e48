package org.diptych.service.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * croissant.json: Croissant 1.1 with the vocabulary for responsible AI, whose answers are in the platform's database.
 * {@code url} is where the dataset will be published, which nobody knows yet: the files' own place.
 */
final class CroissantDocument {
    private final DatasetTexts texts;
    private final List<Archive.DataFile> files;
    private final boolean pictures;
    private final LocalDate today;

    CroissantDocument(DatasetTexts texts, Archive archive, LocalDate today) {
        this.texts = texts;
        this.files = archive.files();
        this.pictures = archive.hasPictures();
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
        document.put("@context", CroissantContext.document());
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
        document.put("prov:wasGeneratedBy", activity());
        document.putAll(new ResponsibleAi(texts).document());
        document.put("distribution", distribution());
        var sets = recordSets();
        if (!sets.isEmpty()) {
            document.put("recordSet", sets);
        }
        return document;
    }

    /** The labelling itself: when, and by which words. */
    private Map<String, Object> activity() {
        var facts = texts.facts();
        var activity = new LinkedHashMap<String, Object>();
        activity.put("@type", "prov:Activity");
        activity.put(
                "prov:label",
                "Labelling in the campaign " + facts.campaign() + " on Diptych under "
                        + facts.protocols().stream()
                                .map(document -> document.protocol().reference())
                                .collect(Collectors.joining(", ")));
        if (facts.first() != null && facts.last() != null) {
            activity.put("prov:startedAtTime", facts.first().toString());
            activity.put("prov:endedAtTime", facts.last().toString());
        }
        return activity;
    }

    private String licence() {
        var licence = texts.options().licence();
        return licence.equals("unknown") ? licence : "https://spdx.org/licenses/" + licence;
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
        if (pictures) {
            var set = new LinkedHashMap<String, Object>();
            set.put("@type", "cr:FileSet");
            set.put("@id", "images-files");
            set.put("name", "images-files");
            set.put("encodingFormat", List.of("image/png", "image/jpeg", "image/webp"));
            set.put("includes", "images/*");
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
            sets.add(new CroissantRecords(table.getKey(), table.getValue().columns(), tables().keySet()).document());
        }
        if (!sets.isEmpty()) {
            sets.addFirst(CroissantRecords.splits());
        }
        return sets;
    }

    private static String identifier(String name) {
        var plain = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "dataset" : plain;
    }
}
