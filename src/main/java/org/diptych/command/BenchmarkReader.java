package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files that a benchmark is published as. What they are is recognised by what they hold. */
interface BenchmarkReader {
    /**
     * Reads the files, in their order, as one benchmark.
     *
     * @param judge whose answers, that the files hold, are wanted; null for none
     * @throws MalformedFileException naming file, line and field
     * @throws CommandFailure where the files hold no answers of that judge
     */
    BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException;
}
