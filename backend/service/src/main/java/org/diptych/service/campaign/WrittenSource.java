package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest that was written from something else; whoever wrote it deletes it. */
record WrittenSource(Path file, Pictures pictures) implements ManifestSource {
    @Override
    public InputStream manifest() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws UnreadableFileException {
        return pictures.read(path, maximumBytes);
    }

    @Override
    public void close() {}
}
