package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.Submission;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.Standings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Gold in the queue, on a real database. */
@ServiceTest
class GoldIT {
    @Autowired
    Turns turns;

    @Autowired
    AssignmentTable table;

    @Autowired
    SlotQueue queue;

    @Autowired
    AssignmentViews views;

    @Autowired
    EmptyQueue emptyQueue;

    @Autowired
    AssignmentRules rules;

    @Autowired
    Standings standings;

    @Autowired
    CampaignAccess access;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    CampaignImport imports;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactionManager;

    private final SplittableRandom random = new SplittableRandom(1);

    private UUID campaign(int open, int goldPairs, double rate) throws Exception {
        var campaign = new QualificationFixture(jdbc, accounts, imports).campaign(open, 0, goldPairs);
        jdbc.sql("UPDATE campaign SET gold_rate = ? WHERE id = ?")
                .params(rate, campaign)
                .update();
        return campaign;
    }

    private SignedIn annotator(UUID campaign) {
        return new QualificationFixture(jdbc, accounts, imports).newcomer(campaign);
    }

    private AssignmentService seeded() {
        return new AssignmentService(turns, table, queue, views, emptyQueue, rules, standings, access, random);
    }

    private AnnotatorProgressService progress() {
        return new AnnotatorProgressService(new CampaignCounts(jdbc, transactionManager), jdbc);
    }

    private AssignmentService.Claim claim(SignedIn who, UUID campaign, int count) {
        var service = seeded();
        var claim = new TransactionTemplate(transactionManager).execute(status -> service.claim(who, campaign, count));
        return java.util.Objects.requireNonNull(claim);
    }

    private AssignmentView renew(SignedIn who, UUID assignment) {
        var service = seeded();
        var view = new TransactionTemplate(transactionManager).execute(status -> service.renew(who, assignment));
        return java.util.Objects.requireNonNull(view);
    }

    private boolean isGold(UUID assignment) {
        return jdbc.sql("SELECT known_answer_id IS NOT NULL FROM assignment WHERE id = ?")
                .param(assignment)
                .query(Boolean.class)
                .single();
    }

    private static Submission submission(
            AssignmentView assignment, @Nullable Map<String, JsonNode> answers, @Nullable UUID supersedes) {
        return new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                answers,
                answers == null ? new Submission.Skip("cannot_judge") : null,
                null,
                false,
                1_000,
                null,
                null,
                supersedes);
    }

    private Submission label(SignedIn who, AssignmentView assignment) {
        var submission = submission(assignment, QualificationFixture.ratings(3, 2), null);
        assertThat(labels.submit(who, submission).status()).isEqualTo(LabelService.Status.ACCEPTED);
        return submission;
    }

    /** Labels until nothing is left; the assignments in their order. */
    private List<UUID> labelAll(SignedIn who, UUID campaign) {
        var done = new ArrayList<UUID>();
        while (true) {
            var claim = claim(who, campaign, 1);
            if (claim.assignments().isEmpty()) {
                assertThat(claim.empty()).isEqualTo(AssignmentService.Empty.ALL_LABELLED);
                return done;
            }
            label(who, claim.assignments().getFirst());
            done.add(claim.assignments().getFirst().id());
        }
    }

    private AssignmentView firstGold(SignedIn who, UUID campaign) {
        while (true) {
            var assignment = claim(who, campaign, 1).assignments().getFirst();
            if (isGold(assignment.id())) {
                return assignment;
            }
            label(who, assignment);
        }
    }

    private long count(UUID campaign, String what) {
        return jdbc.sql("SELECT count(*) FROM " + what + " AND campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    @Test
    void gold_comes_at_the_campaigns_rate_and_the_end_does_not_wait_for_it() throws Exception {
        var campaign = campaign(200, 120, 0.2);
        var ann = annotator(campaign);
        var done = labelAll(ann, campaign);
        long goldDone = done.stream().filter(this::isGold).count();
        assertThat(done).hasSize((int) (200 + goldDone)).doesNotHaveDuplicates();
        // 200 real pairs come with a binomial number of gold ones: 50 expected, standard deviation 7.9, seed fixed
        assertThat(goldDone).isBetween(30L, 70L);
        assertThat(count(campaign, "slot WHERE state = 'FILLED'")).isEqualTo(200);
        assertThat(count(campaign, "slot WHERE state <> 'FILLED'")).isZero();
        assertThat(count(campaign, "label WHERE stratum = 'GOLD' AND slot IS NULL"))
                .isEqualTo(goldDone);
        assertThat(count(campaign, "label WHERE stratum <> 'GOLD' AND slot IS NOT NULL"))
                .isEqualTo(200);
    }

    @Test
    void nobody_has_a_gold_pair_twice_and_everybody_may_have_each() throws Exception {
        var campaign = campaign(60, 3, 0.5);
        var ann = annotator(campaign);
        var bob = annotator(campaign);
        var annsGold = goldPairs(labelHalf(ann, campaign), ann);
        var bobsGold = goldPairs(labelHalf(bob, campaign), bob);
        assertThat(annsGold).hasSize(3);
        assertThat(bobsGold).hasSize(3);
    }

    private List<UUID> labelHalf(SignedIn who, UUID campaign) {
        var done = new ArrayList<UUID>();
        for (int i = 0; i < 30; i++) {
            var assignment = claim(who, campaign, 1).assignments().getFirst();
            label(who, assignment);
            done.add(assignment.id());
        }
        return done;
    }

    private Set<UUID> goldPairs(List<UUID> assignments, SignedIn who) {
        var pairs = jdbc.sql("SELECT pair_id FROM assignment WHERE annotator_id = ? AND known_answer_id IS NOT NULL")
                .param(who.id())
                .query(UUID.class)
                .list();
        assertThat(pairs).doesNotHaveDuplicates();
        assertThat(assignments.stream().filter(this::isGold)).hasSameSizeAs(pairs);
        return new HashSet<>(pairs);
    }

    @Test
    void gold_is_never_handed_out_without_work_beside_it() throws Exception {
        var campaign = campaign(1, 5, 0.5);
        var ann = annotator(campaign);
        labelAll(ann, campaign);
        for (int i = 0; i < 20; i++) {
            assertThat(claim(ann, campaign, 5).assignments()).isEmpty();
        }
    }

    @Test
    void without_gold_or_at_rate_zero_nothing_changes() throws Exception {
        var none = campaign(30, 0, 0.5);
        assertThat(labelAll(annotator(none), none)).hasSize(30);
        var off = campaign(30, 10, 0);
        assertThat(labelAll(annotator(off), off)).hasSize(30);
    }

    @Test
    void a_reload_gives_held_gold_again_and_an_expired_lease_of_gold_is_never_lost() throws Exception {
        var campaign = campaign(30, 10, 0.5);
        var ann = annotator(campaign);
        var held = firstGold(ann, campaign);
        jdbc.sql("UPDATE assignment SET expires_at = now() - interval '1 hour' WHERE id = ?")
                .param(held.id())
                .update();
        var bob = annotator(campaign);
        labelAll(bob, campaign);
        var again = claim(ann, campaign, 1).assignments().getFirst();
        assertThat(again.id()).isEqualTo(held.id());
        assertThat(again.token()).isEqualTo(held.token());
        assertThat(again.expiresAt()).isAfter(held.serverTime());
        label(ann, again);
        assertThat(claim(ann, campaign, 1).empty()).isEqualTo(AssignmentService.Empty.ALL_LABELLED);
    }

    @Test
    void gold_can_be_corrected_and_skipped_and_taken_back_like_any_other_pair() throws Exception {
        var campaign = campaign(30, 10, 0.5);
        var ann = annotator(campaign);
        var first = firstGold(ann, campaign);
        var former = label(ann, first);
        var correction = submission(first, QualificationFixture.ratings(1, 4), former.id());
        assertThat(labels.submit(ann, correction).status()).isEqualTo(LabelService.Status.ACCEPTED);

        var second = firstGold(ann, campaign);
        var skip = submission(second, null, null);
        assertThat(labels.submit(ann, skip).status()).isEqualTo(LabelService.Status.ACCEPTED);
        var renewed = renew(ann, second.id());
        assertThat(renewed.token()).isGreaterThan(second.token());
        assertThat(renewed.extra()).isFalse();
        assertThatThrownBy(() -> labels.submit(ann, submission(second, QualificationFixture.ratings(1, 1), skip.id())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("lease_lost"));
        assertThat(labels.submit(ann, submission(renewed, QualificationFixture.ratings(1, 1), skip.id()))
                        .status())
                .isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(count(campaign, "slot WHERE state = 'LEASED'")).isZero();
    }

    @Test
    void counts_move_the_same_way_for_gold_and_for_any_other_pair() throws Exception {
        var campaign = campaign(40, 20, 0.5);
        var ann = annotator(campaign);
        var kinds = new HashSet<Boolean>();
        for (int i = 1; i <= 20; i++) {
            var assignment = claim(ann, campaign, 1).assignments().getFirst();
            kinds.add(isGold(assignment.id()));
            var held = progress().of(ann, campaign);
            assertThat(held.open()).isEqualTo(40 - i);
            label(ann, assignment);
            var after = progress().of(ann, campaign);
            assertThat(after.mine()).isEqualTo(i);
            assertThat(after.filled()).isEqualTo(i);
            assertThat(after.wanted()).isEqualTo(40);
        }
        assertThat(kinds).containsExactlyInAnyOrder(true, false);
        var lead = progress().of(annotator(campaign), campaign);
        assertThat(lead.filled()).isEqualTo(count(campaign, "slot WHERE state = 'FILLED'"));
    }
}
