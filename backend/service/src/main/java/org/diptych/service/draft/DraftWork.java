package org.diptych.service.draft;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.PairSources;
import org.diptych.service.draft.CampaignDraft.Failure;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks in the background, a few at a time, and launches, one at a time: two at once could wait for each other's pictures. So that whoever has asked may leave. While it works, the draft
 * says how far it is; work that falls silent is taken for dead, and may be done again.
 */
@Component
class DraftWork {
    private static final int CHECKS_AT_ONCE = 2;
    private static final int LAUNCHES_AT_ONCE = 1;
    private static final int MOST_WAITING = 50;
    private static final int SECONDS_BETWEEN_BEATS = 2;
    private static final Logger log = LoggerFactory.getLogger(DraftWork.class);

    private final DraftTable table;
    private final DraftLaunch launch;
    private final CampaignImport imports;
    private final PairSources sources;
    private final StagingFolder staging;
    private final ThreadPoolExecutor checkers = workers("draft-check-", CHECKS_AT_ONCE);
    private final ThreadPoolExecutor launchers = workers("draft-launch-", LAUNCHES_AT_ONCE);
    private final ConcurrentMap<UUID, Job> jobs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("draft-beats").factory());

    DraftWork(
            DraftTable table, DraftLaunch launch, CampaignImport imports, PairSources sources, StagingFolder staging) {
        this.table = table;
        this.launch = launch;
        this.imports = imports;
        this.sources = sources;
        this.staging = staging;
    }

    private static ThreadPoolExecutor workers(String name, int atOnce) {
        var workers = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name(name, 0).factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** What is done with the pairs of a draft. */
    private interface Deed {
        void of(CampaignDraft draft, ManifestSource source, LongConsumer progress) throws IOException;
    }

    void check(SignedIn lead, UUID id, UUID attempt) {
        begin(checkers, lead, id, attempt, (draft, source, progress) -> {
            var choices = draft.choices();
            table.checked(
                    id,
                    attempt,
                    choices.checkedFor(),
                    imports.check(lead, choices.addTo(), choices.protocol(), source, progress));
        });
    }

    void launch(SignedIn lead, UUID id, UUID attempt) {
        begin(launchers, lead, id, attempt, (draft, source, progress) -> {
            var file = table.file(id);
            launch.run(lead, draft, attempt, source, progress);
            if (file.isPresent()) {
                Files.deleteIfExists(staging.kept(file.get()));
            }
        });
    }

    /** An attempt. Whoever is replaced, waiting or at work, is stopped. */
    private final class Job extends FutureTask<Void> {
        private final ThreadPoolExecutor workers;
        private final UUID id;
        private final UUID attempt;
        private final AtomicLong rows;
        // from now on, and also while it waits for its turn
        private final ScheduledFuture<?> beating = beats.scheduleWithFixedDelay(
                this::beat, SECONDS_BETWEEN_BEATS, SECONDS_BETWEEN_BEATS, TimeUnit.SECONDS);

        Job(ThreadPoolExecutor workers, UUID id, UUID attempt, AtomicLong rows, Runnable work) {
            super(work, null);
            this.workers = workers;
            this.id = id;
            this.attempt = attempt;
            this.rows = rows;
        }

        private void beat() {
            try {
                if (!table.beat(id, attempt, rows.get())) {
                    log.info("the work on draft {} is not wanted any more", id);
                    cancel(true);
                }
            } catch (RuntimeException e) {
                // the next one may get through
                log.warn("how far draft {} is could not be told: {}", id, e.toString());
            }
        }

        @Override
        protected void done() {
            beating.cancel(false);
            workers.remove(this);
            jobs.remove(id, this);
        }
    }

    private void begin(ThreadPoolExecutor workers, SignedIn lead, UUID id, UUID attempt, Deed deed) {
        var rows = new AtomicLong();
        var work = AuditLog.asFromHere(() -> run(lead, id, attempt, deed, rows::set));
        var job = new Job(workers, id, attempt, rows, work);
        var replaced = jobs.put(id, job);
        if (replaced != null) {
            replaced.cancel(true);
        }
        try {
            workers.execute(job);
        } catch (RejectedExecutionException e) {
            job.cancel(false);
            var busy = Problem.tooMany(
                    "busy", "The server checks and launches many drafts at the moment. Try again in some minutes.");
            // what was sent or chosen is kept; the draft says that it has not been looked at
            table.failed(id, attempt, failure(busy));
        }
    }

    private void run(SignedIn lead, UUID id, UUID attempt, Deed deed, LongConsumer progress) {
        try {
            var draft = table.find(lead, id).orElseThrow();
            try (var source = open(draft, id)) {
                deed.of(draft, source, progress);
            }
        } catch (Problem problem) {
            table.failed(id, attempt, failure(problem));
        } catch (InterruptedIOException e) {
            log.info("the work on draft {} was stopped", id);
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                log.info("the work on draft {} was stopped: {}", id, e.toString());
                return;
            }
            log.error("the work on draft {} failed", id, e);
            tell(id, attempt);
        }
    }

    private void tell(UUID id, UUID attempt) {
        try {
            table.failed(
                    id,
                    attempt,
                    new Failure(
                            "failed",
                            null,
                            "The server could not do this. Nothing was written. Try again; if it happens again, its log"
                                    + " says why."));
        } catch (RuntimeException e) {
            log.error("that the work on draft {} failed could not be told", id, e);
        }
    }

    private ManifestSource open(CampaignDraft draft, UUID id) throws IOException {
        var source = draft.source();
        if (source == null) {
            throw Problem.invalid("no_pairs", "pairs", "There are no pairs yet. Send an archive first.");
        }
        if (source.upload() == null) {
            return sources.folder(String.valueOf(source.folder()));
        }
        var file = table.file(id).map(this::kept).filter(Files::exists);
        return sources.upload(
                file.orElseThrow(() -> Problem.invalid(
                        "upload_gone",
                        "pairs",
                        "The file that was sent is not on this server any more. Send it again.")),
                source.folder());
    }

    private Path kept(UUID file) {
        try {
            return staging.kept(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Failure failure(Problem problem) {
        var field = problem.properties().get("field");
        return new Failure(problem.code(), field == null ? null : field.toString(), problem.detail());
    }

    @PreDestroy
    void stop() {
        beats.shutdownNow();
        checkers.shutdownNow();
        launchers.shutdownNow();
    }
}
