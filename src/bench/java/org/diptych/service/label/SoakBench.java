package org.diptych.service.label;

import java.nio.file.Files;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.problem.Outage;
import org.diptych.service.problem.Problem;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many annotators for minutes on a real PostgreSQL whose sessions are killed and whose clock jumps: they claim, answer, skip,
 * correct, walk away and come back. Afterwards everybody works on until nothing is left, and everything is counted: labels
 * that were acknowledged and are not there, pairs with more labels than they want, annotators with two labels of one pair,
 * and pairs that want a label although somebody is there who would give it. Arguments: seconds (300), annotators (64), pairs
 * (20000), seed (1).
 */
@NullUnmarked
public final class SoakBench {
    private static final int JUMP_SECONDS = 15;
    private static final int KILL_MILLISECONDS = 1_500;
    private static final int IDLE_ROUNDS = 20;
    private static final String FAR = "1 hour";

    private final AssignmentService assignments;
    private final LabelService labels;
    private final JdbcTemplate jdbc;
    private final UUID campaign;
    private final long seed;
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> events = new ConcurrentSkipListMap<>();
    /** The clock moves while nobody is in the middle of anything: how the rows are moved is not the product's way. */
    private final ReadWriteLock clock = new ReentrantReadWriteLock(true);

    private volatile boolean calm;

    private SoakBench(ConfigurableApplicationContext context, UUID campaign, long seed) {
        this.assignments = context.getBean(AssignmentService.class);
        this.labels = context.getBean(LabelService.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.campaign = campaign;
        this.seed = seed;
    }

    /** Exit status 1 when anything was violated or starved. */
    public static void main(String[] arguments) throws Exception {
        int seconds = argument(arguments, 0, 300);
        int annotators = argument(arguments, 1, 64);
        int pairs = argument(arguments, 2, 20_000);
        System.setProperty(
                "diptych.data-dir", Files.createTempDirectory("soak-bench").toString());
        System.setProperty("logging.level.root", "ERROR");
        var application = new SpringApplication(LoopAtScale.Service.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of("server.port", "0", "spring.jpa.open-in-view", "false"));
        boolean good;
        try (var context = application.run()) {
            Flyway.configure()
                    .dataSource(context.getBean(DataSource.class))
                    .load()
                    .migrate();
            var jdbc = context.getBean(JdbcTemplate.class);
            var campaign = LoopAtScale.campaign(jdbc, pairs);
            jdbc.update("UPDATE campaign SET lease_seconds = 60 WHERE id = ?", campaign);
            var people = new ArrayList<SignedIn>();
            for (int i = 0; i < annotators; i++) {
                people.add(LabellingBench.annotator(jdbc, campaign));
            }
            good = new SoakBench(context, campaign, argument(arguments, 3, 1)).run(people, seconds);
        }
        System.exit(good ? 0 : 1);
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private boolean run(List<SignedIn> people, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < people.size(); i++) {
                var who = people.get(i);
                var random = new Random(seed * 1_000 + i);
                threads.execute(() -> guarded(() -> work(who, random)));
            }
            threads.execute(() -> guarded(() -> disturb(end)));
        }
        return report(seconds, people.size());
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace();
            event("unexpected failure");
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void disturb(long end) throws InterruptedException {
        var random = new Random(seed);
        for (long next = System.nanoTime(); System.nanoTime() < end; Thread.sleep(KILL_MILLISECONDS)) {
            killSession();
            if (System.nanoTime() > next) {
                jump(random.nextBoolean() ? FAR : "-" + FAR);
                next += JUMP_SECONDS * 1_000_000_000L;
            }
        }
        calm = true;
    }

    private void killSession() {
        trying(() -> {
            jdbc.queryForList("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
                    AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1""");
            event("session killed");
        });
    }

    /** Everything that was written looks so much younger: to the people at work, the clock was set back, or forward. */
    private void jump(String by) {
        clock.writeLock().lock();
        try {
            jdbc.update("""
                    WITH moved AS (
                        UPDATE assignment SET leased_at = leased_at + ?::interval, expires_at = expires_at + ?::interval
                        WHERE campaign_id = ? AND state IN ('LEASED', 'EXTRA'))
                    UPDATE slot SET expires_at = expires_at + ?::interval WHERE campaign_id = ? AND state = 'LEASED'""", by, by, campaign, by, campaign);
            event("clock moved by an hour");
        } catch (RuntimeException failure) {
            expected(failure);
        } finally {
            clock.writeLock().unlock();
        }
    }

    /** Until nothing has come for a while after all was calm. */
    private void work(SignedIn who, Random random) throws InterruptedException {
        for (int idle = 0; idle < IDLE_ROUNDS; ) {
            var held = new ArrayList<AssignmentView>();
            trying(() -> held.addAll(
                    assignments.claim(who, campaign, 1 + random.nextInt(3)).assignments()));
            if (held.isEmpty()) {
                idle += calm ? 1 : 0;
                Thread.sleep(calm ? 500 : 100);
            } else {
                idle = 0;
            }
            for (var assignment : held) {
                if (!calm && random.nextInt(20) == 0) {
                    // walks away from this one and from all that is held
                    event("walked away");
                    Thread.sleep(random.nextInt(2_000));
                    break;
                }
                answer(who, assignment, random);
            }
        }
    }

    private void answer(SignedIn who, AssignmentView assignment, Random random) {
        if (!calm && random.nextInt(25) == 0) {
            send(who, submission(assignment, null, new Submission.Skip("cannot_judge"), null), "skip");
            return;
        }
        var answer = submission(assignment, rated(random), null, null);
        if (!send(who, answer, "label") && !calm && random.nextBoolean()) {
            var again = new ArrayList<AssignmentView>();
            trying(() -> again.add(assignments.renew(who, assignment.id())));
            again.forEach(held -> send(who, submission(held, rated(random), null, null), "label after a renewal"));
        } else if (random.nextInt(10) == 0) {
            send(who, submission(assignment, rated(random), null, answer.id()), "correction");
        }
    }

    private static Map<String, JsonNode> rated(Random random) {
        JsonNode ratings = JsonMapper.shared()
                .readTree("{\"left\":%d,\"right\":%d}".formatted(1 + random.nextInt(4), 1 + random.nextInt(4)));
        return Map.of("instruction_following", ratings, "visual_quality", ratings);
    }

    private static Submission submission(
            AssignmentView held, Map<String, JsonNode> answers, Submission.Skip skip, UUID former) {
        return new Submission(
                UUID.randomUUID(), held.id(), held.token(), answers, skip, null, false, 1_000, null, null, former);
    }

    /** Sends until it is acknowledged or refused; what was cut off in between may have been stored or not. */
    private boolean send(SignedIn who, Submission submission, String what) {
        while (true) {
            clock.readLock().lock();
            try {
                labels.submit(who, submission);
                acknowledged.add(submission.id());
                event(what);
                return true;
            } catch (Problem refused) {
                event("refused: " + refused.code());
                return false;
            } catch (RuntimeException failure) {
                expected(failure);
            } finally {
                clock.readLock().unlock();
            }
        }
    }

    private void trying(Runnable step) {
        clock.readLock().lock();
        try {
            step.run();
        } catch (Problem refused) {
            event("refused: " + refused.code());
        } catch (RuntimeException failure) {
            expected(failure);
        } finally {
            clock.readLock().unlock();
        }
    }

    private void expected(RuntimeException failure) {
        if (!Outage.isBehind(failure)) {
            throw failure;
        }
        event("cut off");
    }

    private void event(String what) {
        events.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
    }

    private boolean report(int seconds, int annotators) {
        var found = new TreeMap<String, Long>();
        var stored = Set.copyOf(jdbc.queryForList("SELECT id FROM label WHERE campaign_id = ?", UUID.class, campaign));
        found.put(
                "acknowledged and not there",
                acknowledged.stream().filter(id -> !stored.contains(id)).count());
        found.put("pairs with more labels than slots", count("""
                SELECT count(*) FROM (SELECT pair_id FROM current_label l WHERE campaign_id = ? AND slot IS NOT NULL GROUP BY pair_id
                HAVING count(*) > (SELECT count(*) FROM slot s WHERE s.pair_id = l.pair_id)) more"""));
        found.put("pairs with two labels of one annotator", count("""
                SELECT count(*) FROM (SELECT 1 FROM current_label WHERE campaign_id = ? GROUP BY pair_id, annotator_id
                HAVING count(*) > 1) twice"""));
        found.put("slots whose label is none of theirs", count("""
                SELECT count(*) FROM slot s LEFT JOIN label l ON l.id = s.label_id WHERE s.campaign_id = ? AND s.state = 'FILLED'
                AND (l.pair_id IS DISTINCT FROM s.pair_id OR l.kind <> 'ANSWER')"""));
        found.put("leases without their slot", count("""
                SELECT count(*) FROM assignment a WHERE a.campaign_id = ? AND a.state = 'LEASED' AND NOT EXISTS (
                SELECT 1 FROM slot s WHERE s.pair_id = a.pair_id AND s.ordinal = a.slot AND s.assignment_id = a.id
                AND s.state = 'LEASED')"""));
        long unexpected = events.containsKey("unexpected failure")
                ? events.get("unexpected failure").get()
                : 0;
        found.put("unexpected failures", unexpected);
        long violations = found.values().stream().mapToLong(Long::longValue).sum();
        long starved = count("""
                SELECT count(DISTINCT s.pair_id) FROM slot s WHERE s.campaign_id = ? AND s.state IN ('OPEN', 'LEASED')
                AND (s.state = 'OPEN' OR s.expires_at < now()) AND EXISTS (
                SELECT 1 FROM campaign_member m WHERE m.campaign_id = s.campaign_id AND NOT EXISTS (
                SELECT 1 FROM assignment a WHERE a.pair_id = s.pair_id AND a.annotator_id = m.account_id AND a.state <> 'LOST'))""");
        long open = count("SELECT count(*) FROM slot WHERE campaign_id = ? AND state <> 'FILLED'");
        events.forEach((what, times) -> System.out.printf(Locale.ROOT, "%-40s %,10d%n", what, times.get()));
        found.forEach((what, times) -> System.out.printf(Locale.ROOT, "%-40s %,10d%n", what, times));
        System.out.printf(
                Locale.ROOT,
                "%d s, %d annotators, until %s: violations %d, starved pairs %d (slots not filled %d)%n",
                seconds,
                annotators,
                Timestamp.from(Instant.now()),
                violations,
                starved,
                open);
        return violations == 0 && starved == 0;
    }

    private long count(String query) {
        var found = jdbc.queryForObject(query, Long.class, campaign);
        return found == null ? 0 : found;
    }
}
