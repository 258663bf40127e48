package org.diptych.service.agreement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.agreement.AgreementFigures.Disputed;
import org.diptych.service.agreement.AgreementFigures.Version;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * The figures of the agreement page. One thread computes them, one filter after another, beside the requests; whoever asks
 * gets what is known, and waits only as long as they like. They are computed again when labels came, but no more than a
 * fourth of the time goes into one filter, however often its page asks.
 */
@Service
public class AgreementFigureService implements DisposableBean {
    private static final int MOST_KEPT = 200;
    private static final Duration FORGOTTEN = Duration.ofMinutes(20);
    private static final int REST = 3;
    private static final int MOST_BETWEEN = 50;

    private final CampaignAccess access;
    private final LabelReadings labels;
    private final CampaignFacts facts;
    private final ModelOpinions opinions;
    private final Clock clock;
    private final ExecutorService beside = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("agreement").factory());
    private final Cache<Key, Entry> entries = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(FORGOTTEN)
            .build();

    AgreementFigureService(
            CampaignAccess access, LabelReadings labels, CampaignFacts facts, ModelOpinions opinions, Clock clock) {
        this.access = access;
        this.labels = labels;
        this.facts = facts;
        this.opinions = opinions;
        this.clock = clock;
    }

    @Override
    public void destroy() {
        beside.shutdownNow();
    }

    /**
     * The figures, for the campaign's leads.
     *
     * @throws Problem when the filter names what there is not
     */
    public AgreementFigures of(SignedIn who, UUID campaign, AgreementFilter filter) {
        access.requireLead(who, campaign);
        return entry(campaign, filter).await(null).orElseThrow();
    }

    /**
     * The figures as they are now, or as they were a moment ago.
     *
     * @param patience how long to wait for newer ones
     * @return empty while they are computed for the first time
     * @throws Problem when the filter names what there is not
     */
    public Optional<AgreementFigures> of(SignedIn who, UUID campaign, AgreementFilter filter, Duration patience) {
        access.requireLead(who, campaign);
        return entry(campaign, filter).await(patience);
    }

    /**
     * Pairs that two annotators answered differently, those that differ most first, for the campaign's leads.
     *
     * @param one user name of the one
     * @param other user name of the other
     */
    public List<Disputed> between(SignedIn who, UUID campaign, AgreementFilter filter, String one, String other) {
        access.requireLead(who, campaign);
        var snapshot = labels.of(campaign);
        return reading(snapshot, facts.versions(campaign, snapshot), filter).between(one, other, MOST_BETWEEN);
    }

    private Entry entry(UUID campaign, AgreementFilter filter) {
        return Objects.requireNonNull(entries.get(new Key(campaign, filter), Entry::new));
    }

    private FigureReading reading(CampaignLabels.Snapshot snapshot, List<Version> versions, AgreementFilter filter) {
        return new FigureReading(snapshot, versions, facts.annotators(snapshot), facts.protocols(versions), filter);
    }

    private record Key(UUID campaign, AgreementFilter filter) {}

    /** What figures rest on: as long as it is the same, so are they. */
    private record Grounds(
            WeakReference<CampaignLabels.Snapshot> labels,
            List<Version> versions,
            ModelOpinions.@Nullable Version model) {
        boolean hold(CampaignLabels.Snapshot now, List<Version> known, ModelOpinions.@Nullable Version active) {
            return labels.refersTo(now) && versions.equals(known) && Objects.equals(model, active);
        }
    }

    private record Known(Grounds grounds, AgreementFigures figures) {}

    /** The figures of one filter. */
    private final class Entry {
        private final Key key;
        private @Nullable Known known;
        private @Nullable CompletableFuture<AgreementFigures> running;
        private long restUntil = System.nanoTime();

        Entry(Key key) {
            this.key = key;
        }

        Optional<AgreementFigures> await(@Nullable Duration patience) {
            var newer = start();
            try {
                return newer == null
                        ? last()
                        : Optional.of(
                                patience == null
                                        ? newer.join()
                                        : newer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return last();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last();
            } catch (CompletionException | ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }

        private synchronized Optional<AgreementFigures> last() {
            return Optional.ofNullable(known).map(Known::figures);
        }

        /** Null while what is known must do. */
        private synchronized @Nullable CompletableFuture<AgreementFigures> start() {
            if (running == null && (known == null || System.nanoTime() - restUntil >= 0)) {
                running = CompletableFuture.supplyAsync(this::read, beside);
            }
            return running;
        }

        private AgreementFigures read() {
            long begun = System.nanoTime();
            var known = known();
            try {
                var snapshot = labels.of(key.campaign());
                var versions = facts.versions(key.campaign(), snapshot);
                var model = opinions.active(key.campaign()).orElse(null);
                if (known == null || !known.grounds().hold(snapshot, versions, model)) {
                    known = new Known(
                            new Grounds(new WeakReference<>(snapshot), versions, model),
                            reading(snapshot, versions, key.filter()).figures(opinions, model, clock.instant()));
                }
                return known.figures();
            } finally {
                // whatever went wrong, the next one who asks begins anew
                finish(known, begun);
            }
        }

        private synchronized @Nullable Known known() {
            return known;
        }

        private synchronized void finish(@Nullable Known now, long begun) {
            known = now;
            running = null;
            long ended = System.nanoTime();
            restUntil = ended + REST * (ended - begun);
        }
    }
}
