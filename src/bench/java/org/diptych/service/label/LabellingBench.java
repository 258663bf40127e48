package org.diptych.service.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claiming and labelling through the product's services, beside the least that PostgreSQL has to do for it: two transactions of
 * plain statements over the same pool, with as many clients.
 */
final class LabellingBench {
    private static final JsonNode RATING = JsonMapper.shared().readTree("{\"left\":4,\"right\":2}");

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate jdbc;
    private final Trips trips;

    LabellingBench(ConfigurableApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.trips = context.getBean(Trips.class);
    }

    /** Labels, and prints labels a second, their share of the least, milliseconds and trips to the database a label. */
    void run(UUID campaign, int clients, int labels) throws Exception {
        double least = least(campaign, clients, labels);
        two(campaign, clients, labels, least);
        one(campaign, clients, labels, least);
    }

    static SignedIn annotator(JdbcTemplate jdbc, UUID campaign) {
        var name = "bench-" + UUID.randomUUID();
        var id = Objects.requireNonNull(jdbc.queryForObject(
                "INSERT INTO account (name, display_name, role, simulated) VALUES (?, 'x', 'ANNOTATOR', true) RETURNING id",
                UUID.class,
                name));
        jdbc.update(
                "INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')", campaign, id);
        return new SignedIn(id, name, "x", Role.ANNOTATOR);
    }

    /** A client that claims one pair at a time and submits it, with the progress that comes with every answer. */
    private void two(UUID campaign, int clients, int labels, double least) throws Exception {
        var assignments = context.getBean(AssignmentService.class);
        var service = context.getBean(LabelService.class);
        var progress = context.getBean(AnnotatorProgressService.class);
        measure("two calls", clients, labels, least, () -> {
            var who = annotator(jdbc, campaign);
            return (claims, submits, label) -> {
                long begun = System.nanoTime();
                var pair = assignments.claim(who, campaign, 1).assignments().getFirst();
                progress.of(who, campaign);
                long claimed = System.nanoTime();
                service.submit(who, rated(pair));
                progress.of(who, campaign);
                claims[label] = claimed - begun;
                submits[label] = System.nanoTime() - claimed;
            };
        });
    }

    /** A client like the workspace: the next pair comes with the acknowledgement. */
    private void one(UUID campaign, int clients, int labels, double least) throws Exception {
        var controller = context.getBean(LabelController.class);
        var assignments = context.getBean(AssignmentService.class);
        measure("one call", clients, labels, least, () -> {
            var who = annotator(jdbc, campaign);
            var pair = new AssignmentView[] {
                assignments.claim(who, campaign, 1).assignments().getFirst()
            };
            return (claims, submits, label) -> {
                long begun = System.nanoTime();
                var answer = Objects.requireNonNull(
                        controller.submit(who, rated(pair[0]), 1).getBody());
                pair[0] = Objects.requireNonNull(answer.assignments()).getFirst();
                submits[label] = System.nanoTime() - begun;
            };
        });
    }

    private static Submission rated(AssignmentView pair) {
        return new Submission(
                UUID.randomUUID(),
                pair.id(),
                pair.token(),
                Map.of("instruction_following", RATING, "visual_quality", RATING),
                null,
                null,
                false,
                1_000,
                null,
                null,
                null);
    }

    /** The same two transactions with nothing around them. */
    private double least(UUID campaign, int clients, int labels) throws Exception {
        var transaction = context.getBean(TransactionTemplate.class);
        return measure("least", clients, labels, 0, () -> {
            var who = annotator(jdbc, campaign).id();
            return (claims, submits, label) -> {
                long begun = System.nanoTime();
                var assignment = transaction.execute(
                        _ -> jdbc.queryForList("""
                                WITH next AS (
                                    SELECT pair_id, ordinal FROM slot WHERE campaign_id = ? AND state = 'OPEN' AND priority = 0
                                      AND stratum <> 'UNIFORM' AND random_key >= ? ORDER BY random_key LIMIT 1
                                      FOR UPDATE SKIP LOCKED),
                                lease AS (
                                    INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                        expires_at, swapped)
                                    SELECT ?, pair_id, ?, ordinal, 'LEASED', nextval('fencing_token'),
                                        now() + interval '1 hour', false FROM next RETURNING id, pair_id, slot, expires_at)
                                UPDATE slot SET state = 'LEASED', assignment_id = lease.id, expires_at = lease.expires_at
                                FROM lease WHERE slot.pair_id = lease.pair_id AND slot.ordinal = lease.slot
                                RETURNING lease.id""", UUID.class, campaign, Math.random() * .9, campaign, who)
                                .getFirst());
                long claimed = System.nanoTime();
                transaction.executeWithoutResult(_ -> jdbc.update("""
                                WITH label AS (
                                    INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                                        protocol_sha256, answers, verdicts, swapped, stratum, selection_probability,
                                        fencing_token, active_milliseconds)
                                    SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, slot, 'ANSWER',
                                        protocol_sha256, '{}', '{}', swapped, stratum, 1, fencing_token, 1000
                                    FROM assignment WHERE id = ? RETURNING id, assignment_id, pair_id, slot),
                                filled AS (
                                    UPDATE slot SET state = 'FILLED', label_id = label.id, expires_at = NULL FROM label
                                    WHERE slot.pair_id = label.pair_id AND slot.ordinal = label.slot)
                                UPDATE assignment SET state = 'LABELLED' FROM label WHERE assignment.id = label.assignment_id""", assignment));
                claims[label] = claimed - begun;
                submits[label] = System.nanoTime() - claimed;
            };
        });
    }

    private interface Labelling {
        /** Takes one pair and labels it, and writes how many nanoseconds each took. */
        void label(long[] claims, long[] submits, int label);
    }

    private double measure(String what, int clients, int labels, double least, Callable<Labelling> client)
            throws Exception {
        run(clients, labels / 4, client);
        long trips = this.trips.count();
        long begun = System.nanoTime();
        var times = run(clients, labels, client);
        double rate = clients * labels / ((System.nanoTime() - begun) / 1e9);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %s | %.1f / %.1f / %.1f | %.1f / %.1f / %.1f | %.1f |%n",
                what,
                clients,
                rate,
                least == 0 ? "" : "%.0f %%".formatted(100 * rate / least),
                quantile(times, 0, .5),
                quantile(times, 0, .95),
                quantile(times, 0, .99),
                quantile(times, 1, .5),
                quantile(times, 1, .95),
                quantile(times, 1, .99),
                (double) (this.trips.count() - trips) / (clients * labels));
        return rate;
    }

    private static List<long[][]> run(int clients, int labels, Callable<Labelling> client) throws Exception {
        var times = new ArrayList<long[][]>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var runs = new ArrayList<Future<long[][]>>();
            for (int i = 0; i < clients; i++) {
                var labelling = client.call();
                runs.add(threads.submit(() -> {
                    var taken = new long[2][labels];
                    IntStream.range(0, labels).forEach(label -> labelling.label(taken[0], taken[1], label));
                    return taken;
                }));
            }
            for (var run : runs) {
                times.add(run.get());
            }
        }
        return times;
    }

    private static double quantile(List<long[][]> times, int what, double share) {
        long[] sorted = times.stream()
                .flatMapToLong(client -> LongStream.of(client[what]))
                .sorted()
                .toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
    }
}
