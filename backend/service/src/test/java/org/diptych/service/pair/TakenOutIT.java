package org.diptych.service.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.diptych.service.CampaignFixture;
import org.diptych.service.Eventually;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.KnownAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** What becomes of the slots, the leases and the labels of a pair that a lead takes out. */
@ServiceTest
class TakenOutIT {
    @Autowired
    private PairService pairs;

    @Autowired
    private QueueService queue;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private SnapshotService snapshots;

    @Autowired
    private AgreementService agreement;

    @Autowired
    private ExportService exports;

    @Autowired
    private KnownAnswers known;

    @Autowired
    private CampaignCounts counts;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private CampaignFixture fixture;
    private UUID campaign;
    private SignedIn lead;
    private List<SignedIn> people;

    @BeforeEach
    void three_pairs_that_want_one_label() {
        fixture = new CampaignFixture(jdbc, accounts);
        begin(3, 1);
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Lea Lead", Role.ADMIN, null)
                .account();
    }

    private void begin(int pairs, int labelsPerPair) {
        campaign = fixture.campaign("edit-preference-v1", pairs, labelsPerPair);
        people = fixture.annotators(campaign, 2);
        // answers of people, so that datasets have them
        jdbc.sql("UPDATE account SET simulated = false WHERE id = ANY (?::uuid[])")
                .param(people.stream().map(SignedIn::id).toArray(UUID[]::new))
                .update();
    }

    private void answerEverything(SignedIn who) {
        for (var claim = assignments.claim(who, campaign, 5);
                !claim.assignments().isEmpty();
                claim = assignments.claim(who, campaign, 5)) {
            claim.assignments().forEach(held -> {
                // everybody prefers the same edit, on whichever side they see it
                boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                        .param(held.id())
                        .query(Boolean.class)
                        .single();
                labels.submit(who, TestSubmissions.rated(held, swapped ? 2 : 4, swapped ? 4 : 2));
            });
        }
    }

    private UUID pair(String stratum) {
        return jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = ? LIMIT 1")
                .params(campaign, stratum)
                .query(UUID.class)
                .single();
    }

    private List<String> states(UUID pair) {
        return jdbc.sql("SELECT state FROM slot WHERE pair_id = ? ORDER BY ordinal")
                .param(pair)
                .query(String.class)
                .list();
    }

    private void ask(UUID pair) {
        queue.putInFront(
                new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10),
                new QueueService.Plan(
                        List.of(), List.of(new QueueService.Choice(pair, 5, .25, Map.of("gain", .75))), Map.of()));
    }

    @Test
    void who_asks_for_one_more_opinion_while_the_pair_is_taken_out_opens_no_slot_on_it() throws Exception {
        answerEverything(people.getFirst());
        jdbc.sql("UPDATE campaign SET most_labels = 3 WHERE id = ?")
                .param(campaign)
                .update();
        var pair = pair("ACQUIRED");
        try (var thread = Executors.newSingleThreadExecutor()) {
            var asked = new TransactionTemplate(transactions).execute(_ -> {
                pairs.takeOut(lead, campaign, pair);
                var asking = thread.submit(() -> ask(pair));
                Eventually.somebodyWaits(jdbc);
                return asking;
            });
            asked.get();
        }
        assertThat(states(pair)).containsExactly("FILLED");
    }

    @Test
    void a_pair_that_is_taken_out_while_one_more_opinion_is_asked_for_keeps_no_open_slot() throws Exception {
        answerEverything(people.getFirst());
        jdbc.sql("UPDATE campaign SET most_labels = 3 WHERE id = ?")
                .param(campaign)
                .update();
        var pair = pair("ACQUIRED");
        try (var thread = Executors.newSingleThreadExecutor()) {
            var taken = new TransactionTemplate(transactions).execute(_ -> {
                ask(pair);
                var taking = thread.submit(() -> pairs.takeOut(lead, campaign, pair));
                Eventually.somebodyWaits(jdbc);
                return taking;
            });
            taken.get();
        }
        assertThat(states(pair)).containsExactly("FILLED", "OUT");
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    @Test
    void a_lease_that_was_lost_meanwhile_is_not_renewed_and_its_annotator_hears_why() throws Exception {
        begin(1, 1);
        var ann = people.getFirst();
        var held = claim(ann);
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE assignment_id = ?")
                .param(held.id())
                .update();
        claim(people.getLast());
        pairs.takeOut(lead, campaign, pair("UNIFORM"));
        assertThatThrownBy(() -> assignments.renew(ann, held.id())).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("pair_taken_out");
            assertThat(problem.detail()).contains("taken this pair out", "draft is kept");
        });
    }

    @Test
    void an_answer_under_a_lease_that_was_out_is_kept_also_when_it_comes_late() {
        begin(1, 2);
        var held = claim(people.getFirst());
        var late = claim(people.getLast());
        pairs.takeOut(lead, campaign, pair("UNIFORM"));
        labels.submit(people.getFirst(), TestSubmissions.rated(held, 4, 2));
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE assignment_id = ?")
                .param(late.id())
                .update();
        assignments.claim(fixture.annotators(campaign, 1).getFirst(), campaign, 1);
        assertThat(states(pair("UNIFORM"))).containsExactlyInAnyOrder("FILLED", "OUT");
        assertThat(labels.submit(people.getLast(), TestSubmissions.rated(late, 4, 2))
                        .status())
                .isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(states(pair("UNIFORM"))).containsExactly("FILLED", "FILLED");
    }

    private long exported(ExportFormat format) {
        var bytes = new ByteArrayOutputStream();
        exports.write(lead, campaign, format, bytes);
        return bytes.toString(StandardCharsets.UTF_8).lines().count();
    }

    private long sinceTraining() {
        return jdbc.sql("SELECT labels FROM labels_since_training WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    /** How many labels each reader has. */
    private List<Long> read() {
        return List.of(
                (long) snapshots.freeze(campaign).labels(),
                agreement.of(lead, campaign).labels(),
                (long) known.proposals(lead, campaign, 10).size(),
                exported(ExportFormat.JSONL));
    }

    @Test
    void its_labels_are_set_aside_by_every_reader_and_come_back_with_it() {
        begin(3, 2);
        people.forEach(this::answerEverything);
        assertThat(sinceTraining()).isEqualTo(6);
        assertThat(read()).containsExactly(6L, 6L, 3L, 6L);
        var pair = pair("ACQUIRED");

        pairs.takeOut(lead, campaign, pair);

        assertThat(read()).containsExactly(4L, 4L, 2L, 4L);
        assertThat(jdbc.sql("SELECT count(*) FROM current_label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .as("what people did stays what it was")
                .isEqualTo(6);
        assertThat(counts.of(campaign).labels()).isEqualTo(6);

        pairs.putBack(lead, campaign, pair);

        assertThat(read()).containsExactly(6L, 6L, 3L, 6L);
    }

    @Test
    void a_dataset_has_them_when_it_says_so(@Autowired WebApplicationContext context) throws Exception {
        begin(3, 1);
        answerEverything(people.getFirst());
        pairs.takeOut(lead, campaign, pair("ACQUIRED"));
        var http = new HttpFixture(context);
        var export = "/api/v1/campaigns/" + campaign + "/export";
        var plain = http.send(lead, get(export));
        var whole = http.send(lead, get(export).param("filter", "taken-out=include"));
        assertThat(plain.body().lines()).hasSize(2);
        assertThat(whole.body().lines()).hasSize(3);
        var refused = http.send(lead, get(export).param("filter", "taken-out=perhaps"));
        assertThat(refused.problem()).isEqualTo("422 unknown_filter filter");
        assertThat(refused.detail()).contains("taken-out=include|exclude");
    }

    @Test
    void the_history_of_a_pair_is_found_by_an_index() {
        jdbc.sql("""
                        INSERT INTO audit_event (account_id, campaign_id, action, subject)
                        SELECT ?, ?, 'pair.revealed', gen_random_uuid()::text FROM generate_series(1, 5000)""").params(lead.id(), campaign).update();
        jdbc.sql("ANALYZE audit_event").update();
        var plan = String.join(
                "\n",
                jdbc.sql("EXPLAIN SELECT e.at FROM audit_event e WHERE e.campaign_id = ? AND e.action IN"
                                + " ('pair.revealed', 'pair.taken_out', 'pair.put_back') AND e.subject = ?")
                        .params(campaign, UUID.randomUUID().toString())
                        .query(String.class)
                        .list());
        assertThat(plan).contains("audit_event_subject");
    }
}
