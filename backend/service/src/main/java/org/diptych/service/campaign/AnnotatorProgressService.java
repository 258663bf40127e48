package org.diptych.service.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diptych.service.account.SignedIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells annotators how far they and the campaign are: the one place for every number that they see beside their work.
 *
 * <p>What others hold and have answered may be some seconds old: it is counted beside the requests, and none of them waits
 * for it but the first of a campaign that nobody was in. What the annotator holds and has answered is read from
 * their own rows at each call, gold like any other pair: every claim takes one from {@code open} and every answer adds one
 * to {@code filled}, at the same moment, whatever the pair was. Else the counts would tell which pair was gold. They are
 * off by the annotator's own gold pairs at most; nothing but the display depends on them, and leads see exact ones.
 */
@Service
@Transactional(readOnly = true)
public class AnnotatorProgressService {
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** A count that takes long holds for longer: it never takes more than this share of the time. */
    private static final int TIMES_AS_LONG = 20;

    private static final int MOST_KEPT = 1_000;
    /** Where nobody works, nothing is counted, and what was is soon worth nothing. */
    private static final Duration UNUSED = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(AnnotatorProgressService.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache<UUID, Counts> counts = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(UNUSED)
            .build();

    public AnnotatorProgressService(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Progress of the annotator in the campaign. */
    public AnnotatorProgress of(SignedIn who, UUID campaign) {
        var all = counts(campaign);
        var before = all.of(who.id());
        // answered: what fills a slot, and gold as if it did
        return jdbc.sql("""
                        SELECT count(*) AS mine, count(*) FILTER (WHERE NOT extra) AS answered,
                               count(*) FILTER (WHERE answered_at >= (SELECT midnight_of(:annotator))) AS today,
                               (SELECT count(*) FROM assignment WHERE annotator_id = :annotator
                                    AND campaign_id = :campaign AND state = 'LEASED') AS held
                        FROM answered_pair WHERE annotator_id = :annotator AND campaign_id = :campaign""")
                .param("annotator", who.id())
                .param("campaign", campaign)
                .query((row, number) -> {
                    long filled = all.filled() - before.filled() + row.getLong("answered");
                    long held = all.held() - before.held() + row.getLong("held");
                    return new AnnotatorProgress(
                            row.getLong("mine"),
                            row.getLong("today"),
                            Math.max(0, all.wanted() - filled - held),
                            all.wanted(),
                            Math.min(all.wanted(), filled));
                })
                .single();
    }

    private Counts counts(UUID campaign) {
        var known = Objects.requireNonNull(counts.get(campaign, this::count));
        if (known.until().isBefore(clock.instant()) && known.recounting().compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> recount(campaign, known));
        }
        return known;
    }

    private void recount(UUID campaign, Counts known) {
        try {
            counts.put(campaign, count(campaign));
        } catch (RuntimeException e) {
            log.warn("the slots of campaign {} could not be counted: {}", campaign, e.toString());
            known.recounting().set(false);
        }
    }

    private Counts count(UUID campaign) {
        var began = System.nanoTime();
        var byHolder = new HashMap<Optional<UUID>, Slots>();
        jdbc.sql("""
                        SELECT a.annotator_id, count(*) AS slots, count(*) FILTER (WHERE s.state = 'LEASED') AS held,
                               count(*) FILTER (WHERE s.state = 'FILLED') AS filled
                        FROM slot s LEFT JOIN assignment a ON a.id = s.assignment_id
                        WHERE s.campaign_id = ? GROUP BY a.annotator_id""").param(campaign).query(row -> {
            byHolder.put(
                    Optional.ofNullable(row.getObject("annotator_id", UUID.class)),
                    new Slots(row.getLong("slots"), row.getLong("held"), row.getLong("filled")));
        });
        var took = Duration.ofNanos(System.nanoTime() - began).multipliedBy(TIMES_AS_LONG);
        return new Counts(clock.instant().plus(took.compareTo(FRESH) > 0 ? took : FRESH), byHolder);
    }

    private record Slots(long all, long held, long filled) {
        static final Slots NONE = new Slots(0, 0, 0);

        Slots plus(Slots other) {
            return new Slots(all + other.all, held + other.held, filled + other.filled);
        }
    }

    /** A campaign's slots at one moment: all, and each annotator's part. */
    private record Counts(Instant until, Slots total, Map<Optional<UUID>, Slots> byHolder, AtomicBoolean recounting) {
        Counts(Instant until, Map<Optional<UUID>, Slots> byHolder) {
            this(until, byHolder.values().stream().reduce(Slots.NONE, Slots::plus), byHolder, new AtomicBoolean());
        }

        Slots of(UUID annotator) {
            return byHolder.getOrDefault(Optional.of(annotator), Slots.NONE);
        }

        long wanted() {
            return total.all();
        }

        long held() {
            return total.held();
        }

        long filled() {
            return total.filled();
        }
    }
}
