package org.diptych.service.dataset.table;

import java.util.Locale;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a column hold.
 *
 * @param of one value
 * @param list whether a cell holds a list of them
 */
public record CellKind(Value of, boolean list) {
    /** One value. */
    public enum Value {
        TEXT,
        NUMBER,
        TRUTH,
        /** Bytes without a meaning to Parquet: of a picture, perhaps. */
        BYTES,
        /** A struct of {@code bytes} and {@code path}, or one of the two: how Hugging Face {@code datasets} writes pictures. */
        PICTURE,
        OTHER
    }

    static CellKind of(Type type) {
        return isList(type)
                ? new CellKind(value(element(type.asGroupType())), true)
                : new CellKind(value(type), type.isRepetition(Type.Repetition.REPEATED));
    }

    static boolean isList(Type type) {
        return !type.isPrimitive()
                && type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                && type.asGroupType().getFieldCount() == 1;
    }

    /** Of a list of three levels, which has a group for each element, or of two, which has not. */
    static Type element(GroupType list) {
        var repeated = list.getType(0);
        return hasElementGroup(list) ? repeated.asGroupType().getType(0) : repeated;
    }

    static boolean hasElementGroup(GroupType list) {
        var repeated = list.getType(0);
        return !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array")
                && !repeated.getName().equals(list.getName() + "_tuple");
    }

    static Value value(Type type) {
        if (type.isPrimitive()) {
            return value(type.asPrimitiveType());
        }
        return isPicture(type.asGroupType()) ? Value.PICTURE : Value.OTHER;
    }

    private static boolean isPicture(GroupType struct) {
        boolean bytes = struct.containsField("bytes")
                && struct.getType("bytes").isPrimitive()
                && struct.getType("bytes").asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        boolean path = struct.containsField("path")
                && struct.getType("path").isPrimitive()
                && value(struct.getType("path").asPrimitiveType()) == Value.TEXT;
        return bytes || (path && struct.getFieldCount() == 1);
    }

    private static Value value(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BINARY -> isText(type.getLogicalTypeAnnotation()) ? Value.TEXT : Value.BYTES;
            case INT64 -> isTime(type) ? Value.TEXT : Value.NUMBER;
            case INT32, FLOAT, DOUBLE -> Value.NUMBER;
            case BOOLEAN -> Value.TRUTH;
            case FIXED_LEN_BYTE_ARRAY, INT96 -> Value.OTHER;
        };
    }

    /** Times are read as ISO 8601. */
    static boolean isTime(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
                && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation;
    }

    private static boolean isText(@Nullable LogicalTypeAnnotation annotation) {
        return annotation instanceof StringLogicalTypeAnnotation
                || annotation instanceof EnumLogicalTypeAnnotation
                || annotation instanceof JsonLogicalTypeAnnotation;
    }

    @Override
    public String toString() {
        var name = of.name().toLowerCase(Locale.ROOT);
        return list ? "list of " + name : name;
    }
}
