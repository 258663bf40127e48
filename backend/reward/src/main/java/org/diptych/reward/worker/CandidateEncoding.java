package org.diptych.reward.worker;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.reward.SetAsideCandidates.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Encodes candidates with as many threads as the encoder can use. Each takes a run of neighbours, so that a source is read
 * and analysed once, and holds two pictures at a time.
 */
final class CandidateEncoding {
    /** Side of the plainest edit. */
    private static final int PLAIN = 64;

    private final Pictures pictures;
    private final EditEncoder encoder;

    CandidateEncoding(Pictures pictures, EditEncoder encoder) {
        this.pictures = pictures;
        this.encoder = encoder;
    }

    /**
     * Encodes in order; candidates of one source should stand together.
     *
     * @return one result a candidate: one that cannot be encoded stops no other
     * @throws EncodingException if the encoder itself cannot be used, or the thread was interrupted
     */
    List<Encoded> encode(List<Candidate> candidates) {
        int parts = Math.max(1, Math.min(encoder.callers(), candidates.size()));
        var results = new ArrayList<Encoded>();
        try (var threads = Executors.newFixedThreadPool(parts)) {
            var tasks = new ArrayList<Callable<List<Encoded>>>();
            for (int part = 0; part < parts; part++) {
                var neighbours =
                        candidates.subList(part * candidates.size() / parts, (part + 1) * candidates.size() / parts);
                tasks.add(() -> encodeInTurn(neighbours));
            }
            for (var task : threads.invokeAll(tasks)) {
                results.addAll(task.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EncodingException("interrupted while encoding", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    private List<Encoded> encodeInTurn(List<Candidate> candidates) {
        var results = new ArrayList<Encoded>();
        @Nullable Picture source = null;
        for (var candidate : candidates) {
            if (source == null || !source.sha256().equals(candidate.source())) {
                source = read(candidate.source());
            }
            results.add(encode(source, candidate));
        }
        return results;
    }

    private Encoded encode(Picture source, Candidate candidate) {
        var edited = read(candidate.image());
        if (source.pixels() == null || edited.pixels() == null) {
            return new Encoded.Refused(
                    Cause.UNREADABLE, Objects.requireNonNullElse(source.failure(), edited.failure()));
        }
        try {
            float[] features = encoder.encode(source.pixels(), edited.pixels(), candidate.instruction());
            for (int i = 0; i < features.length; i++) {
                if (!Float.isFinite(features[i])) {
                    return new Encoded.Refused(Cause.REFUSED, "feature %d is %s".formatted(i, features[i]));
                }
            }
            return new Encoded.Features(features);
        } catch (RuntimeException | OutOfMemoryError e) {
            requireUsable(candidate, e);
            return new Encoded.Refused(Cause.REFUSED, said(e));
        }
    }

    private Picture read(String sha256) {
        try {
            return new Picture(sha256, pictures.read(sha256), null);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            requireNotInterrupted(e);
            return new Picture(sha256, null, "picture %s cannot be read: %s".formatted(sha256, said(e)));
        }
    }

    /** A failure is the candidate's only where the encoder still takes the plainest edit: a server may be away. */
    private void requireUsable(Candidate candidate, Throwable failure) {
        requireNotInterrupted(failure);
        var plain = new BufferedImage(PLAIN, PLAIN, BufferedImage.TYPE_INT_RGB);
        try {
            encoder.encode(plain, plain, "Change nothing.");
        } catch (RuntimeException | OutOfMemoryError e) {
            e.addSuppressed(failure);
            throw new EncodingException(
                    "The encoder cannot be used: it failed with candidate %s (picture %s) and with a plain picture as well: %s. Features of other candidates are kept; the active model stays. Look at the encoder"
                            .formatted(candidate.id(), candidate.image(), said(e)),
                    e);
        }
    }

    private static void requireNotInterrupted(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw new EncodingException("interrupted while encoding", failure);
        }
    }

    private static String said(Throwable failure) {
        return failure.getMessage() != null && (failure instanceof EncodingException || failure instanceof IOException)
                ? failure.getMessage()
                : failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }

    /** A picture, or why there is none. */
    private record Picture(
            String sha256,
            @Nullable BufferedImage pixels,
            @Nullable String failure) {}

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
