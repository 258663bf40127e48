package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;

/** A manifest that comes with the program. */
record ClassPathSource(String folder, String name) implements ManifestSource {
    @Override
    public InputStream manifest() throws IOException {
        return new ClassPathResource(folder + "/" + name).getInputStream();
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws UnreadableFileException {
        var resource = new ClassPathResource(folder + "/" + path);
        if (!resource.isReadable()) {
            throw new UnreadableFileException("there is no file " + path);
        }
        try (var input = resource.getInputStream()) {
            return ManifestSource.readWithin(path, input, maximumBytes);
        } catch (IOException e) {
            throw new UnreadableFileException("the file " + path + " cannot be read");
        }
    }

    @Override
    public void close() {}
}
