package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where a training run keeps its last state, so that it can go on after its process died. One state at most is kept. */
public interface Checkpoints {

    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void save(byte[] state) {}

        @Override
        public Optional<byte[]> load() {
            return Optional.empty();
        }

        @Override
        public void clear() {}
    };

    /**
     * Keeps the state in a file with its digest; a damaged file counts as none.
     *
     * @param file whose folder is there
     * @param every how long to wait before the state is due to be saved again
     */
    static Checkpoints in(Path file, Duration every) {
        return new CheckpointFile(file, every);
    }

    /** Whether enough time went by to save the state again. */
    boolean due();

    /** Replaces the state that was kept. */
    void save(byte[] state) throws IOException;

    /** The state that is kept, if there is one and it is whole. */
    Optional<byte[]> load() throws IOException;

    /** Keeps nothing any more. */
    void clear() throws IOException;
}
