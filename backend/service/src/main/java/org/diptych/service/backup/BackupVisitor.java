package org.diptych.service.backup;

import java.io.IOException;
import java.io.InputStream;

/** Takes what a backup holds, in the order of the file; by default nothing of it. */
interface BackupVisitor {
    default void begin(BackupHeader header) throws IOException {}

    /** The next rows of a table; a row may go on in the next call. */
    default void rows(BackupHeader.Table table, byte[] rows) throws IOException {}

    /** A picture or a model; what is not read is skipped, and the content is checked afterwards. */
    default void object(String key, InputStream content) throws IOException {}

    /** A picture or a model of which only digest and size are kept. */
    default void reference(String key, long bytes, String sha256) throws IOException {}
}
