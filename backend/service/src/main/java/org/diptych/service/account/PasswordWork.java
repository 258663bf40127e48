package org.diptych.service.account;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.diptych.service.problem.Problem;

/**
 * Hashes passwords on threads of its own, one processor less than there are. A hash is meant to be costly: on the threads of
 * the requests, some dozen sign-ins at once would keep everybody else waiting.
 */
final class PasswordWork {
    private static final int WAITING = 64;
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;

    PasswordWork() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        this.threads = new ThreadPoolExecutor(
                most,
                most,
                BUSY.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("passwords-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does the work, after what waits already.
     *
     * @throws Problem {@code busy} when too much waits
     */
    <T> T of(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw Problem.tooMany("busy", "Too many people sign in at this moment. Try again in some seconds.")
                    .after(BUSY);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.tooMany("busy", "This server is stopping. Try again in some seconds.")
                    .after(BUSY);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a password could not be hashed", failed.getCause());
        }
    }
}
