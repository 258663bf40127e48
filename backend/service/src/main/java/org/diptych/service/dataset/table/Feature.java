package org.diptych.service.dataset.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, in the words of Hugging Face {@code datasets}.
 *
 * <p>That library gives a column its feature only where the type that the feature implies is the file's, nullability
 * included. So every node of a Parquet schema is optional here, also members of structs and elements of lists, and lists of
 * single values go by the name that old and new versions of it know.
 */
public sealed interface Feature {
    /** Its node in a Parquet schema. */
    Type parquet(String name);

    /** The feature as the footer of a Parquet file has it. */
    Object json();

    /** The feature as the front matter of a dataset card has it, without the column's name. */
    Map<String, Object> card();

    /** Writes a value that is not null. */
    void write(RecordConsumer out, Object value);

    /** A text, a number, a truth value or a time. */
    enum Value implements Feature {
        /** Text. */
        STRING("string", PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addBinary(Binary.fromString((String) value));
            }
        },
        /** Whole number of 32 bits. */
        INT32("int32", PrimitiveTypeName.INT32, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addInteger(((Number) value).intValue());
            }
        },
        /** Whole number of 64 bits. */
        INT64("int64", PrimitiveTypeName.INT64, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addLong(((Number) value).longValue());
            }
        },
        /** Number of single precision. */
        FLOAT32("float32", PrimitiveTypeName.FLOAT, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addFloat(((Number) value).floatValue());
            }
        },
        /** Number of double precision. */
        FLOAT64("float64", PrimitiveTypeName.DOUBLE, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addDouble(((Number) value).doubleValue());
            }
        },
        /** Yes or no. */
        BOOL("bool", PrimitiveTypeName.BOOLEAN, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addBoolean((Boolean) value);
            }
        },
        /** A moment. */
        TIME(
                "timestamp[us, tz=UTC]",
                PrimitiveTypeName.INT64,
                LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
            }
        },
        /** Bytes, of a picture for readers that expect them bare. */
        BINARY("binary", PrimitiveTypeName.BINARY, null) {
            @Override
            public void write(RecordConsumer out, Object value) {
                out.addBinary(Binary.fromConstantByteArray((byte[]) value));
            }
        };

        private final String type;
        private final PrimitiveTypeName stored;
        private final @Nullable LogicalTypeAnnotation annotation;

        Value(String type, PrimitiveTypeName stored, @Nullable LogicalTypeAnnotation annotation) {
            this.type = type;
            this.stored = stored;
            this.annotation = annotation;
        }

        @Override
        public Type parquet(String name) {
            return Types.optional(stored).as(annotation).named(name);
        }

        @Override
        public Object json() {
            return ordered("dtype", type, "_type", "Value");
        }

        @Override
        public Map<String, Object> card() {
            return Map.of("dtype", type);
        }
    }

    /** A picture in the row. */
    record Picture() implements Feature {
        /** An encoded picture and the name of its file. */
        public record Encoded(byte[] bytes, String path) {}

        @Override
        public Type parquet(String name) {
            // "bytes" before "path": a struct is matched with the order of its members
            return Types.optionalGroup()
                    .addField(Value.BINARY.parquet("bytes"))
                    .addField(Value.STRING.parquet("path"))
                    .named(name);
        }

        @Override
        public Object json() {
            return Map.of("_type", "Image");
        }

        @Override
        public Map<String, Object> card() {
            return Map.of("dtype", "image");
        }

        @Override
        public void write(RecordConsumer out, Object value) {
            var encoded = (Encoded) value;
            out.startGroup();
            field(out, "bytes", 0, Value.BINARY, encoded.bytes());
            field(out, "path", 1, Value.STRING, encoded.path());
            out.endGroup();
        }
    }

    /**
     * One of a few words; a row has the word.
     *
     * @param names all the words
     */
    record ClassLabel(List<String> names) implements Feature {
        /** Keeps a copy of the words. */
        public ClassLabel {
            names = List.copyOf(names);
        }

        @Override
        public Type parquet(String name) {
            return Value.INT64.parquet(name);
        }

        @Override
        public Object json() {
            return ordered("names", names, "_type", "ClassLabel");
        }

        @Override
        public Map<String, Object> card() {
            var numbered = new LinkedHashMap<String, Object>();
            for (int i = 0; i < names.size(); i++) {
                numbered.put(Integer.toString(i), names.get(i));
            }
            return Map.of("dtype", Map.of("class_label", Map.of("names", numbered)));
        }

        @Override
        public void write(RecordConsumer out, Object value) {
            int number = names.indexOf((String) value);
            if (number < 0) {
                throw new IllegalArgumentException(value + " is none of " + names);
            }
            out.addLong(number);
        }
    }

    /**
     * A list of single values or pictures.
     *
     * @param of of what
     */
    record ListOf(Feature of) implements Feature {
        @Override
        public Type parquet(String name) {
            return listNode(name, of.parquet("element"));
        }

        @Override
        public Object json() {
            // "List" is unknown to versions before 4, which then refuse the whole file
            return ordered("feature", of.json(), "_type", "Sequence");
        }

        @Override
        public Map<String, Object> card() {
            return Map.of("list", Objects.requireNonNull(of.card().get("dtype")));
        }

        @Override
        public void write(RecordConsumer out, Object value) {
            listElements(out, (List<?>) value, of);
        }
    }

    /**
     * A list of structs; a struct's row is a list of its values.
     *
     * @param members of each struct
     */
    record Structs(Columns members) implements Feature {
        @Override
        public Type parquet(String name) {
            return listNode(name, members.node("element"));
        }

        @Override
        public Object json() {
            return List.of(members.json());
        }

        @Override
        public Map<String, Object> card() {
            return Map.of("list", members.card());
        }

        @Override
        public void write(RecordConsumer out, Object value) {
            for (var row : (List<?>) value) {
                if (!(row instanceof List<?> values)
                        || values.size() != members.names().size()) {
                    throw new IllegalArgumentException(row + " is no struct of " + members.names());
                }
            }
            listElements(out, (List<?>) value, new Struct(members));
        }
    }

    /**
     * Several values under one name.
     *
     * @param members its values
     */
    record Struct(Columns members) implements Feature {
        @Override
        public Type parquet(String name) {
            return members.node(name);
        }

        @Override
        public Object json() {
            return members.json();
        }

        @Override
        public Map<String, Object> card() {
            return Map.of("struct", members.card());
        }

        @Override
        public void write(RecordConsumer out, Object value) {
            out.startGroup();
            members.write(out, (List<?>) value);
            out.endGroup();
        }
    }

    private static Type listNode(String name, Type element) {
        return Types.optionalList().element(element).named(name);
    }

    private static void listElements(RecordConsumer out, List<?> values, Feature of) {
        out.startGroup();
        if (!values.isEmpty()) {
            out.startField("list", 0);
            for (var value : values) {
                out.startGroup();
                field(out, "element", 0, of, value);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    /** Writes a field, or nothing where it is null. */
    static void field(RecordConsumer out, String name, int index, Feature feature, @Nullable Object value) {
        if (value != null) {
            out.startField(name, index);
            feature.write(out, value);
            out.endField(name, index);
        }
    }

    private static Map<String, Object> ordered(String one, Object first, String other, Object second) {
        var map = new LinkedHashMap<String, Object>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }
}
