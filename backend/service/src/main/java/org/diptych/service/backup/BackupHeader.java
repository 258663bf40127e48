package org.diptych.service.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup says of itself at its beginning.
 *
 * @param format version of the file's layout
 * @param product the version of Diptych that made it
 * @param schema version of the database's schema
 * @param takenAt the moment whose data it holds
 * @param pictures what it holds of pictures and models
 * @param tables the tables, in the order in which they follow
 */
public record BackupHeader(
        int format, String product, String schema, Instant takenAt, Pictures pictures, List<Table> tables) {
    /** The layout that this version writes and reads. */
    static final int FORMAT = 1;

    /**
     * A table.
     *
     * @param name its name
     * @param columns its columns, in the order of their values
     */
    public record Table(String name, List<String> columns) {
        String columnList() {
            return String.join(", ", columns.stream().map(Table::quoted).toList());
        }

        String quotedName() {
            return quoted(name);
        }

        static String quoted(String identifier) {
            return '"' + identifier.replace("\"", "\"\"") + '"';
        }
    }
}
