package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.diptych.service.CampaignFixture;
import org.diptych.service.LargeCampaign;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.history.LabelChain;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.pair.PairService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What is counted beside the work is what a count of every row comes to. */
@ServiceTest
class CampaignTallyIT {
    @Autowired
    CampaignTally tally;

    @Autowired
    LabelChain chain;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    PairService pairs;

    @Autowired
    AccountService accounts;

    @Autowired
    CampaignCounts counts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private CampaignFixture fixture;
    private UUID campaign;
    private List<SignedIn> people;
    private SignedIn lead;

    @BeforeEach
    void some_pairs() {
        fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 12, 2);
        people = fixture.annotators(campaign, 3);
        lead = fixture.annotators(campaign, 1).getFirst();
        jdbc.sql("UPDATE campaign_member SET role = 'LEAD' WHERE account_id = ?")
                .param(lead.id())
                .update();
    }

    private void count() {
        chain.extend(() -> false);
        tally.extend(() -> false);
    }

    private CampaignFigures tallied() {
        return Objects.requireNonNull(
                new TalliedFigures(jdbc).of(Set.of(campaign)).get(campaign));
    }

    private void isTheSame() {
        var each = Objects.requireNonNull(new CampaignFiguresQuery(jdbc, transactions)
                .of(Set.of(campaign))
                .get(campaign));
        assertThat(tallied())
                .usingRecursiveComparison()
                .ignoringFields("medianActiveSeconds")
                .isEqualTo(each);
        var median = each.medianActiveSeconds();
        if (median == null) {
            assertThat(tallied().medianActiveSeconds()).isNull();
        } else {
            assertThat(tallied().medianActiveSeconds()).isCloseTo(median, Percentage.withPercentage(0.3));
        }
    }

    @Test
    void answers_skips_corrections_and_leases_are_counted_as_they_come() {
        var random = new SplittableRandom(5);
        count();
        isTheSame();
        for (int round = 0; round < 8; round++) {
            for (var who : people) {
                var held = assignments.claim(who, campaign, 3).assignments();
                for (var pair : held.subList(0, Math.min(2, held.size()))) {
                    answer(who, pair, random.nextInt(5));
                }
            }
            count();
            isTheSame();
        }
    }

    private void answer(SignedIn who, AssignmentView pair, int how) {
        if (how == 0) {
            labels.submit(who, TestSubmissions.skip(pair, null));
            return;
        }
        var first = TestSubmissions.rated(pair, 3, 2);
        labels.submit(who, first);
        if (how == 1) {
            labels.submit(who, TestSubmissions.correction(pair, first.id(), 1, 4));
        } else if (how == 2) {
            labels.submit(who, TestSubmissions.skip(pair, first.id()));
        }
    }

    @Test
    void a_pair_taken_out_wants_nothing_until_it_is_put_back() {
        count();
        long before = tallied().allSlots().wanted();
        var pair = jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? LIMIT 1")
                .param(campaign)
                .query(UUID.class)
                .single();
        pairs.takeOut(lead, campaign, pair);
        // at once, as nobody has to count for it
        assertThat(tallied().allSlots().wanted()).isEqualTo(before - 2);
        count();
        isTheSame();
        pairs.putBack(lead, campaign, pair);
        assertThat(tallied().allSlots().wanted()).isEqualTo(before);
        count();
        isTheSame();
    }

    @Test
    void what_was_written_by_hand_is_mended_when_all_is_counted_anew() {
        count();
        jdbc.sql("UPDATE campaign_tally SET n = n + 7 WHERE campaign_id = ? AND figure = 'wanted'")
                .param(campaign)
                .update();
        count();
        assertThat(tallied().allSlots().wanted()).isEqualTo(24 + 2 * 7);
        jdbc.sql("UPDATE campaign_tally_mark SET counted_at = now() - interval '2 days' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        count();
        isTheSame();
    }

    @Test
    void a_large_campaign_is_read_from_its_tally() {
        campaign = LargeCampaign.create(jdbc, 20_000);
        count();
        isTheSame();
        jdbc.sql("UPDATE campaign_tally SET n = 5 WHERE campaign_id = ? AND figure = 'items'")
                .param(campaign)
                .update();
        assertThat(counts.of(campaign).items()).isEqualTo(5);
    }
}
