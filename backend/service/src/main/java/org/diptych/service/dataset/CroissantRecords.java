package org.diptych.service.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;

/** A table as Croissant's record set: its columns, the part of each row, what they refer to, and who said what. */
final class CroissantRecords {
    private static final Map<String, String> REFERENCES = Map.of(
            "annotations/task", "comparisons/task",
            "annotations/first_candidate", "candidates/candidate",
            "annotations/second_candidate", "candidates/candidate",
            "comparisons/first_candidate", "candidates/candidate",
            "comparisons/second_candidate", "candidates/candidate");
    private static final Map<String, String> KEYS =
            Map.of("annotations", "label", "comparisons", "task", "pairs", "task");

    private final String config;
    private final Columns columns;
    private final Set<String> tables;

    CroissantRecords(String config, Columns columns, Set<String> tables) {
        this.config = config;
        this.columns = columns;
        this.tables = tables;
    }

    /** The parts, for the fields of other sets to refer to. */
    static Map<String, Object> splits() {
        var set = new LinkedHashMap<String, Object>();
        set.put("@type", "cr:RecordSet");
        set.put("@id", "splits");
        set.put("name", "splits");
        set.put("dataType", "cr:Split");
        set.put("key", Map.of("@id", "splits/name"));
        set.put("field", List.of(plain("splits/name", "name", "sc:Text"), plain("splits/url", "url", "cr:Split")));
        set.put(
                "data",
                List.of(
                        Map.of("splits/name", "train", "splits/url", "cr:TrainingSplit"),
                        Map.of("splits/name", "validation", "splits/url", "cr:ValidationSplit"),
                        Map.of("splits/name", "test", "splits/url", "cr:TestSplit")));
        return set;
    }

    Map<String, Object> document() {
        var byName = columns.byName();
        var set = new LinkedHashMap<String, Object>();
        set.put("@type", "cr:RecordSet");
        set.put("@id", config);
        set.put("name", config);
        var key = KEYS.get(config);
        if (key != null && byName.containsKey(key)) {
            set.put("key", Map.of("@id", config + "/" + key));
        }
        var fields = new ArrayList<Map<String, Object>>();
        fields.add(split());
        byName.forEach((column, feature) -> fields.add(field(column, feature)));
        set.put("field", fields);
        return set;
    }

    private Map<String, Object> split() {
        var field = plain(config + "/split", "split", "sc:Text");
        field.put("references", Map.of("@id", "splits/name"));
        var source = new LinkedHashMap<String, Object>();
        source.put("fileSet", Map.of("@id", config + "-files"));
        source.put("extract", Map.of("fileProperty", "fullpath"));
        source.put("transform", Map.of("regex", config + "/(train|validation|test)-\\d+\\.parquet$"));
        field.put("source", source);
        return field;
    }

    private Map<String, Object> field(String column, Feature feature) {
        var id = config + "/" + column;
        var field = plain(id, column, type(feature));
        if (column.equals("verdict")) {
            field.put("dataType", List.of(type(feature), "cr:Label"));
            if (columns.byName().containsKey("annotator")) {
                field.put("annotation", attribution(id));
            }
        }
        if (feature instanceof Feature.ListOf || feature instanceof Feature.Structs) {
            field.put("isArray", true);
            field.put("arrayShape", "-1");
        }
        var source = source(column);
        if (feature instanceof Feature.Picture || feature instanceof Feature.ListOf(Feature.Picture _)) {
            source.put("transform", Map.of("jsonPath", "bytes"));
        }
        if (feature instanceof Feature.Structs(Columns members)) {
            var fields = new ArrayList<Map<String, Object>>();
            members.byName().forEach((name, of) -> {
                var member = plain(id + "/" + name, name, type(of));
                var from = source(column);
                from.put("transform", Map.of("jsonPath", name));
                member.put("source", from);
                fields.add(member);
            });
            field.put("subField", fields);
            field.remove("dataType");
        }
        field.put("source", source);
        var reference = REFERENCES.get(id);
        if (reference != null && tables.contains(reference.substring(0, reference.indexOf('/')))) {
            field.put("references", Map.of("@id", reference));
        }
        return field;
    }

    /** Each answer is attributed to the person who gave it, row by row. */
    private Map<String, Object> attribution(String verdict) {
        var person = plain(verdict + "/annotator", "annotator", "prov:Person");
        person.put("equivalentProperty", "prov:wasAttributedTo");
        var id = plain(verdict + "/annotator/id", "id", "sc:Text");
        id.put("source", source("annotator"));
        person.put("subField", List.of(id));
        return person;
    }

    private static Map<String, Object> plain(String id, String name, String type) {
        var field = new LinkedHashMap<String, Object>();
        field.put("@type", "cr:Field");
        field.put("@id", id);
        field.put("name", name);
        field.put("dataType", type);
        return field;
    }

    private Map<String, Object> source(String column) {
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
}
