package org.diptych.service.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Service;

/** Opens archives of files that are no manifest, within the limits of an import. */
@Service
public class ReceivedFiles {
    private final ImportLimits limits;

    ReceivedFiles(ImportLimits limits) {
        this.limits = limits;
    }

    /**
     * Opens an archive.
     *
     * @throws org.diptych.service.problem.Problem {@code invalid_archive} when the file is no acceptable archive
     */
    public Opened open(Path archive) throws IOException {
        return new Opened(ArchiveSource.ofFiles(archive, limits));
    }

    /** An open archive. Threads may share it. */
    public static final class Opened implements AutoCloseable {
        private final ArchiveSource source;

        private Opened(ArchiveSource source) {
            this.source = source;
        }

        /** The paths of its files. */
        public List<String> names() {
            return source.files();
        }

        /** The bytes of a file; see {@link ManifestSource#read}. */
        public byte[] read(String path, int maximumBytes) throws UnreadableFileException {
            return source.read(path, maximumBytes);
        }

        /** Unpacks a file to a place on the disk. */
        public void unpack(String path, Path target) throws IOException, UnreadableFileException {
            source.unpack(path, target);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
