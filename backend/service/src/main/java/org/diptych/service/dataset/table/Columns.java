package org.diptych.service.dataset.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a table, in order. */
public final class Columns {
    private final List<String> names = new ArrayList<>();
    private final List<Feature> features = new ArrayList<>();

    /** Adds a column at the end. */
    public Columns with(String name, Feature feature) {
        names.add(name);
        features.add(feature);
        return this;
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Their features, as the footer of a Parquet file has them. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        for (int i = 0; i < names.size(); i++) {
            json.put(names.get(i), features.get(i).json());
        }
        return json;
    }

    /** Their features, as the front matter of a dataset card has them. */
    public List<Map<String, Object>> card() {
        var card = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < names.size(); i++) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", names.get(i));
            entry.putAll(features.get(i).card());
            card.add(entry);
        }
        return card;
    }

    /** The feature of each column, by its name. */
    public Map<String, Feature> byName() {
        var map = new LinkedHashMap<String, Feature>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), features.get(i));
        }
        return map;
    }

    MessageType schema() {
        return new MessageType("schema", nodes());
    }

    /** The paths of what holds bytes without a meaning to Parquet: pictures. */
    List<String> bare() {
        return schema().getColumns().stream()
                .filter(column -> column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                        && column.getPrimitiveType().getLogicalTypeAnnotation() == null)
                .map(column -> String.join(".", column.getPath()))
                .toList();
    }

    GroupType node(String name) {
        return Types.optionalGroup().addFields(nodes().toArray(Type[]::new)).named(name);
    }

    private List<Type> nodes() {
        var nodes = new ArrayList<Type>();
        for (int i = 0; i < names.size(); i++) {
            nodes.add(features.get(i).parquet(names.get(i)));
        }
        return nodes;
    }

    void write(RecordConsumer out, List<?> row) {
        if (row.size() != names.size()) {
            throw new IllegalArgumentException(row.size() + " values for " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            Feature.field(out, names.get(i), i, features.get(i), row.get(i));
        }
    }
}
