package org.diptych.reward.encoder;

import java.util.ArrayDeque;
import java.util.Deque;

/** Native resources that are opened one after another and closed together, last first; where one fails, the others still close. */
public final class NativeResources implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers a resource that has just been opened. */
    public <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /**
     * Closes everything; a second call does nothing.
     *
     * @throws EncodingException if a resource could not be released, after all were tried
     */
    @Override
    public void close() {
        EncodingException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new EncodingException("native memory could not be released", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes everything after a failure, which is what the caller is to hear of. */
    public void closeAfter(Throwable cause) {
        try {
            close();
        } catch (EncodingException e) {
            cause.addSuppressed(e);
        }
    }
}
