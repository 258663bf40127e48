package org.diptych.worker;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncodingException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes candidates with as many threads as the encoder can use. Each takes a run of neighbours, so that a source is read
 * and analysed once, and holds two pictures at a time.
 */
final class CandidateEncoding {
    private final Pictures pictures;
    private final EditEncoder encoder;

    CandidateEncoding(Pictures pictures, EditEncoder encoder) {
        this.pictures = pictures;
        this.encoder = encoder;
    }

    /**
     * Encodes in order; candidates of one source should stand together.
     *
     * @throws EncodingException with the candidate and its picture, if one cannot be encoded or has a feature that is not
     *     finite
     */
    List<float[]> encode(List<Candidate> candidates) throws IOException {
        int parts = Math.max(1, Math.min(encoder.callers(), candidates.size()));
        var features = new ArrayList<float[]>();
        try (var threads = Executors.newFixedThreadPool(parts)) {
            var tasks = new ArrayList<Callable<List<float[]>>>();
            for (int part = 0; part < parts; part++) {
                var neighbours =
                        candidates.subList(part * candidates.size() / parts, (part + 1) * candidates.size() / parts);
                tasks.add(() -> encodeInTurn(neighbours));
            }
            for (var task : threads.invokeAll(tasks)) {
                features.addAll(task.get());
            }
            return features;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EncodingException("interrupted while encoding", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private List<float[]> encodeInTurn(List<Candidate> candidates) throws IOException {
        var features = new ArrayList<float[]>();
        String openSource = "";
        @Nullable BufferedImage source = null;
        for (var candidate : candidates) {
            if (source == null || !candidate.source().equals(openSource)) {
                source = pictures.read(candidate.source());
                openSource = candidate.source();
            }
            features.add(encode(source, candidate));
        }
        return features;
    }

    private float[] encode(BufferedImage source, Candidate candidate) throws IOException {
        float[] features;
        try {
            features = encoder.encode(source, pictures.read(candidate.image()), candidate.instruction());
        } catch (EncodingException e) {
            throw refused(candidate, String.valueOf(e.getMessage()), e);
        }
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw refused(candidate, "feature %d is %s".formatted(i, features[i]), null);
            }
        }
        return features;
    }

    private static EncodingException refused(Candidate candidate, String why, @Nullable Throwable cause) {
        var message =
                "Candidate %s (picture %s) cannot be encoded: %s. Features of other candidates are kept; the active model stays. Look at the picture, or at the encoder"
                        .formatted(candidate.id(), candidate.image(), why);
        return cause == null ? new EncodingException(message) : new EncodingException(message, cause);
    }

    /** Reads stored pictures by their digest. */
    @FunctionalInterface
    interface Pictures {
        BufferedImage read(String sha256) throws IOException;
    }

    /**
     * What to encode.
     *
     * @param source digest of the picture before the edit
     * @param image digest of the picture after it
     */
    record Candidate(UUID id, String source, String image, String instruction) {}
}
