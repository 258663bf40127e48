package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueByHand;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that acts on leases, at once, with leases that run out while they are used: nothing ever waits in a circle, a
 * pair has its labels exactly, and what was acknowledged is there.
 */
@ServiceTest
class LockOrderIT {
    private static final int ANNOTATORS = 6;
    /** Tabs of one annotator. */
    private static final int TABS = 2;

    private static final int STEPS = 120;
    private static final int LABELS_PER_PAIR = 2;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    LabelAndNext together;

    @Autowired
    QueueService queue;

    @Autowired
    QueueByHand hand;

    @Autowired
    CampaignService campaigns;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private List<SignedIn> people;
    private SignedIn lead;
    private List<UUID> pairs;
    private final Map<UUID, UUID> acknowledged = new ConcurrentHashMap<>();

    @BeforeEach
    void few_pairs_that_everybody_wants() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 40, LABELS_PER_PAIR);
        jdbc.sql("UPDATE campaign SET lease_seconds = 1 WHERE id = ?")
                .param(campaign)
                .update();
        people = fixture.annotators(campaign, ANNOTATORS);
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        pairs = jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = 'ACQUIRED'")
                .param(campaign)
                .query(UUID.class)
                .list();
    }

    @Test
    void nothing_waits_in_a_circle_and_nothing_acknowledged_is_lost() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<Future<?>>();
            for (var annotator : people) {
                for (int tab = 0; tab < TABS; tab++) {
                    long seed = annotator.name().hashCode() * 31L + tab;
                    runs.add(threads.submit(() -> work(annotator, new Random(seed))));
                }
            }
            runs.add(threads.submit(() -> batches(new Random(1))));
            runs.add(threads.submit(() -> expiries(new Random(2))));
            runs.add(threads.submit(() -> byHand(new Random(4))));
            runs.add(threads.submit(() -> members(new Random(3))));
            for (var run : runs) {
                run.get();
            }
        }
        invariants();
    }

    private void work(SignedIn who, Random random) {
        var known = new ArrayList<AssignmentView>();
        var given = new ArrayList<Submission>();
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(10);
            refusable(() -> {
                if (what < 3 || known.isEmpty()) {
                    known.addAll(assignments
                            .claim(who, campaign, 1 + random.nextInt(4))
                            .assignments());
                    return;
                }
                var assignment = known.get(random.nextInt(known.size()));
                switch (what) {
                    case 3 -> assignments.heartbeat(who, assignment.id(), assignment.token());
                    case 4 -> known.add(assignments.renew(who, assignment.id()));
                    case 5 -> submit(who, assignment, "cannot_judge", null, given);
                    case 6 -> {
                        if (!given.isEmpty()) {
                            var former = given.get(random.nextInt(given.size()));
                            correct(who, former, given);
                        }
                    }
                    case 7 -> {
                        var next = together.submit(who, TestSubmissions.rated(assignment, 3, 2), 1 + random.nextInt(4));
                        acknowledged.put(next.label().id(), assignment.id());
                        known.addAll(Objects.requireNonNullElse(next.next(), List.of()));
                    }
                    default -> submit(who, assignment, null, null, given);
                }
            });
        }
    }

    private void correct(SignedIn who, Submission former, List<Submission> given) {
        var submission = new Submission(
                UUID.randomUUID(),
                former.assignment(),
                former.token(),
                former.answers(),
                null,
                null,
                false,
                1,
                null,
                null,
                former.id());
        accepted(who, submission, given);
    }

    private void submit(
            SignedIn who,
            AssignmentView assignment,
            @Nullable String skip,
            @Nullable UUID former,
            List<Submission> given) {
        var answer = TestSubmissions.correction(assignment, former, 3, 2);
        accepted(
                who,
                skip == null
                        ? answer
                        : new Submission(
                                answer.id(),
                                assignment.id(),
                                assignment.token(),
                                null,
                                new Submission.Skip(skip),
                                null,
                                false,
                                1,
                                null,
                                null,
                                null),
                given);
    }

    private void accepted(SignedIn who, Submission submission, List<Submission> given) {
        labels.submit(who, submission);
        acknowledged.put(submission.id(), submission.assignment());
        if (submission.answers() != null) {
            given.add(submission);
        }
    }

    private void batches(Random random) {
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(5) == 0) {
                queue.putBack(campaign);
                continue;
            }
            var chosen = pairs.stream().filter(pair -> random.nextInt(3) == 0).toList();
            queue.putInFront(
                    new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10),
                    new QueueService.Plan(
                            chosen.stream().map(pair -> choice(pair, random)).toList(),
                            pairs.stream()
                                    .filter(pair -> random.nextInt(6) == 0)
                                    .map(pair -> choice(pair, random))
                                    .toList(),
                            Map.of()));
        }
    }

    private static QueueService.Choice choice(UUID pair, Random random) {
        return new QueueService.Choice(pair, 1 + random.nextDouble(), .5, Map.of());
    }

    /** Leases end early, so that others take them back while their annotators answer. */
    private void expiries(Random random) {
        for (int step = 0; step < 2 * STEPS; step++) {
            jdbc.sql("""
                            WITH early AS (
                                SELECT pair_id, ordinal FROM slot WHERE campaign_id = ? AND state = 'LEASED'
                                ORDER BY pair_id, ordinal OFFSET ? FOR UPDATE SKIP LOCKED)
                            UPDATE slot SET expires_at = now() - interval '1 second' FROM early
                            WHERE slot.pair_id = early.pair_id AND slot.ordinal = early.ordinal""").params(campaign, random.nextInt(4)).update();
        }
    }

    private void byHand(Random random) {
        for (int step = 0; step < STEPS; step++) {
            var pair = pairs.get(random.nextInt(pairs.size()));
            int what = random.nextInt(4);
            refusable(() -> {
                switch (what) {
                    case 0 -> hand.unpin(lead, campaign, pair);
                    case 1 -> hand.veto(lead, campaign, pair);
                    case 2 -> hand.allow(lead, campaign, pair);
                    default ->
                        hand.pin(lead, campaign, List.of(pair, pairs.get((pairs.indexOf(pair) + 7) % pairs.size())));
                }
            });
        }
    }

    private void members(Random random) {
        for (int step = 0; step < STEPS / 4; step++) {
            var name = people.get(random.nextInt(ANNOTATORS)).name();
            campaigns.removeMember(lead, campaign, name);
            campaigns.addMember(lead, campaign, name, MemberRole.ANNOTATOR);
        }
    }

    /** What a person may be told; anything else, a deadlock above all, fails. */
    private static void refusable(Runnable step) {
        try {
            step.run();
        } catch (Problem problem) {
            if (!List.of(
                            "lease_lost",
                            "already_labelled",
                            "not_current",
                            "not_a_member",
                            "unknown_campaign",
                            "pair_complete",
                            "being_answered",
                            "nothing_waits")
                    .contains(problem.code())) {
                fail(problem.code(), problem);
            }
        }
    }

    private void invariants() {
        assertThat(jdbc.sql("SELECT id, assignment_id FROM label WHERE campaign_id = ?")
                        .param(campaign)
                        .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                        .list())
                .containsExactlyInAnyOrderElementsOf(acknowledged.entrySet().stream()
                        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                        .toList());
        none("""
                SELECT 1 FROM slot s LEFT JOIN assignment a ON a.id = s.assignment_id LEFT JOIN current_label l ON l.id = s.label_id
                WHERE s.campaign_id = :campaign AND (
                    s.state = 'LEASED' AND (a.state <> 'LEASED' OR a.pair_id <> s.pair_id OR a.slot <> s.ordinal)
                    OR s.state = 'FILLED' AND (l.id IS NULL OR l.slot IS NULL OR a.state <> 'LABELLED' OR l.assignment_id <> a.id
                        OR l.pair_id <> s.pair_id))""");
        none("""
                SELECT 1 FROM current_label l WHERE l.campaign_id = :campaign AND l.slot IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.label_id = l.id)""");
        none("""
                SELECT 1 FROM assignment a WHERE a.campaign_id = :campaign AND a.state = 'LEASED'
                AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.assignment_id = a.id AND s.state = 'LEASED')""");
        none("""
                SELECT 1 FROM current_label WHERE campaign_id = :campaign GROUP BY pair_id, annotator_id HAVING count(*) > 1""");
        none("""
                SELECT 1 FROM slot WHERE campaign_id = :campaign AND NOT extra GROUP BY pair_id HAVING count(*) <> 2""");
        none("""
                SELECT 1 FROM label l JOIN assignment a ON a.id = l.assignment_id JOIN acquisition_batch b
                    ON b.id = l.acquisition_batch_id WHERE l.campaign_id = :campaign
                    AND l.selection_probability <> CASE b.policy WHEN 'person' THEN 1 ELSE 0.5 END""");
    }

    private void none(String rows) {
        assertThat(jdbc.sql("SELECT count(*) FROM (" + rows + ") wrong")
                        .param("campaign", campaign)
                        .query(Integer.class)
                        .single())
                .as(rows)
                .isZero();
    }

    @Test
    void a_late_answer_counts_when_others_got_leases_back_that_nobody_has_taken_since() {
        var ann = people.get(0);
        var bob = people.get(1);
        var lost = assignments.claim(ann, campaign, 4).assignments();
        // everything else is with somebody else
        jdbc.sql("""
                        DELETE FROM slot WHERE campaign_id = ? AND state = 'OPEN'""").param(campaign).update();
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE state = 'LEASED' AND campaign_id = ?")
                .param(campaign)
                .update();
        var taken = assignments.claim(bob, campaign, 1).assignments();
        assertThat(taken).hasSize(1);
        int counted = 0;
        for (var assignment : lost) {
            try {
                assertThat(labels.submit(ann, TestSubmissions.rated(assignment, 3, 2))
                                .status())
                        .isEqualTo(LabelService.Status.ACCEPTED);
                counted++;
            } catch (Problem problem) {
                assertThat(problem.code()).isEqualTo("lease_lost");
            }
        }
        assertThat(counted).isEqualTo(3);
    }
}
