package org.diptych.reward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A training run's dealings with its checkpoints. */
final class RunMemory {

    private static final JsonMapper JSON = new JsonMapper();

    private final Checkpoints checkpoints;
    private final String fingerprint;
    private final @Nullable TrainingState last;

    /** Reads the state that is kept, if it is one of a run that was given the same. */
    RunMemory(Checkpoints checkpoints, String fingerprint) {
        this.checkpoints = checkpoints;
        this.fingerprint = fingerprint;
        try {
            var kept = checkpoints.load();
            var state = kept.isEmpty() ? null : TrainingState.decode(kept.get());
            last = state != null && state.fingerprint().equals(fingerprint) ? state : null;
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be read", e);
        }
    }

    /** The state to go on from. */
    Optional<TrainingState> last() {
        return Optional.ofNullable(last);
    }

    /** Saves if it is time. */
    void offer(PriorSearch.Result search, @Nullable StartChoice start, Supplier<FitState> fit) {
        if (checkpoints.due()) {
            save(search, start, fit.get());
        }
    }

    /** Saves: a phase is over. */
    void save(PriorSearch.Result search, @Nullable StartChoice start, FitState fit) {
        try {
            checkpoints.save(new TrainingState(fingerprint, search, start, fit).encode());
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written", e);
        }
    }

    /** SHA-256 over everything that decides what a run makes. */
    static String fingerprint(TrainingSet set, TrainingSettings settings, Provenance provenance, TrainingStart start) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(JSON.writeValueAsBytes(provenance));
            digest.update(JSON.writeValueAsBytes(settings));
            digest.update(bytes(start.identity()));
            digest.update(bytes(set.dimensions() + " " + set.levels() + " " + set.layout()));
            set.examples().forEach(example -> digest.update(bytes(example.toString())));
            for (int row = 0; row < set.features().size(); row++) {
                float[] values = set.features().row(row);
                var buffer = ByteBuffer.allocate(Float.BYTES * values.length);
                buffer.asFloatBuffer().put(values);
                digest.update(buffer.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
