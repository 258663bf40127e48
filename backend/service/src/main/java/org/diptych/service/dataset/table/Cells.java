package org.diptych.service.dataset.table;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The values of a row as plain objects. */
final class Cells {
    private Cells() {}

    /** By column; what is null, or of a kind that is not read, is not there. */
    static Map<String, Object> of(Group row) {
        var values = new LinkedHashMap<String, Object>();
        for (int field = 0; field < row.getType().getFieldCount(); field++) {
            var type = row.getType().getType(field);
            var value = cell(row, field, type);
            if (value != null) {
                values.put(type.getName(), value);
            }
        }
        return values;
    }

    private static @Nullable Object cell(Group row, int field, Type type) {
        int count = row.getFieldRepetitionCount(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            var values = new ArrayList<Object>();
            for (int index = 0; index < count; index++) {
                add(values, value(row, field, index, type));
            }
            return values;
        }
        if (count == 0) {
            return null;
        }
        return CellKind.isList(type) ? list(row.getGroup(field, 0)) : value(row, field, 0, type);
    }

    private static Object list(Group list) {
        var values = new ArrayList<Object>();
        var element = CellKind.element(list.getType());
        boolean wrapped = CellKind.hasElementGroup(list.getType());
        for (int index = 0; index < list.getFieldRepetitionCount(0); index++) {
            if (!wrapped) {
                add(values, value(list, 0, index, element));
            } else if (list.getGroup(0, index).getFieldRepetitionCount(0) > 0) {
                add(values, value(list.getGroup(0, index), 0, 0, element));
            }
        }
        return values;
    }

    private static void add(ArrayList<Object> values, @Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }

    private static @Nullable Object value(Group group, int field, int index, Type type) {
        return switch (CellKind.value(type)) {
            case TEXT ->
                CellKind.isTime(type.asPrimitiveType())
                        ? time(group.getLong(field, index), type.getLogicalTypeAnnotation())
                        : group.getString(field, index);
            case BYTES -> group.getBinary(field, index).getBytes();
            case TRUTH -> group.getBoolean(field, index);
            case NUMBER -> number(group, field, index, type);
            case PICTURE -> picture(group.getGroup(field, index));
            case OTHER -> null;
        };
    }

    private static String time(long since1970, LogicalTypeAnnotation annotation) {
        var unit = annotation instanceof TimestampLogicalTypeAnnotation timestamp
                ? switch (timestamp.getUnit()) {
                    case MILLIS -> ChronoUnit.MILLIS;
                    case MICROS -> ChronoUnit.MICROS;
                    case NANOS -> ChronoUnit.NANOS;
                }
                : ChronoUnit.MILLIS;
        return Instant.EPOCH.plus(since1970, unit).toString();
    }

    private static Number number(Group group, int field, int index, Type type) {
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            case FLOAT -> group.getFloat(field, index);
            default -> group.getDouble(field, index);
        };
    }

    /** With no bytes where the file keeps a path alone. */
    private static Feature.Picture.@Nullable Encoded picture(Group struct) {
        boolean bytes = struct.getType().containsField("bytes") && struct.getFieldRepetitionCount("bytes") > 0;
        boolean path = struct.getType().containsField("path") && struct.getFieldRepetitionCount("path") > 0;
        if (!bytes && !path) {
            return null;
        }
        return new Feature.Picture.Encoded(
                bytes ? struct.getBinary("bytes", 0).getBytes() : new byte[0],
                path ? new String(struct.getBinary("path", 0).getBytes(), StandardCharsets.UTF_8) : "");
    }
}
