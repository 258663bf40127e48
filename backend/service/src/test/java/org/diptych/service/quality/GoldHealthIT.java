package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.HttpFixture;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.quality.GoldHealth.State;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Gold that is in doubt, gold that has checked everybody, and what becomes of both. */
@ServiceTest
@NullUnmarked
class GoldHealthIT {
    private static final int PEOPLE = 5;

    @Autowired
    AccountService accounts;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    KnownAnswers known;

    @Autowired
    GoldService gold;

    @Autowired
    AnnotatorService annotators;

    @Autowired
    CampaignImport imports;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext context;

    private QualificationFixture fixture;
    private UUID campaign;
    private List<SignedIn> people;
    private UUID bad;
    private UUID worn;

    /** Of two gold pairs, everybody finds the answer of one, and nobody that of the other. */
    @BeforeEach
    void a_campaign_whose_annotators_have_had_all_gold() throws Exception {
        fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(30, 0, 2);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5, uniform_labels = 1, acquired_labels = 1 WHERE id = ?")
                .param(campaign)
                .update();
        var pairs = jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = 'GOLD' ORDER BY id")
                .param(campaign)
                .query(UUID.class)
                .list();
        bad = pairs.get(0);
        worn = pairs.get(1);
        people = new ArrayList<>();
        for (int each = 0; each < PEOPLE; each++) {
            people.add(fixture.newcomer(campaign));
        }
        people.forEach(this::work);
    }

    /** Labels until both gold pairs were met. */
    private void work(SignedIn who) {
        for (int round = 0; round < 60 && met(who) < 2; round++) {
            for (var assignment : assignments.claim(who, campaign, 1).assignments()) {
                answer(who, assignment);
            }
            reopen();
        }
        assertThat(met(who)).isEqualTo(2);
    }

    private void answer(SignedIn who, AssignmentView assignment) {
        var row = jdbc.sql("SELECT pair_id, swapped FROM assignment WHERE id = ?")
                .param(assignment.id())
                .query()
                .singleRow();
        // the first edit is the better one, but for the pair in doubt
        boolean firstWins = !bad.equals(row.get("pair_id"));
        boolean leftWins = firstWins != (Boolean) row.get("swapped");
        labels.submit(who, TestSubmissions.rated(assignment, leftWins ? 4 : 1, leftWins ? 1 : 4));
    }

    /** Every pair may have one more label. */
    private void reopen() {
        jdbc.sql("UPDATE slot SET state = 'OPEN', assignment_id = NULL, label_id = NULL WHERE campaign_id = ?")
                .param(campaign)
                .update();
    }

    private int met(SignedIn who) {
        return jdbc.sql("SELECT count(*) FROM label WHERE annotator_id = ? AND campaign_id = ? AND stratum = 'GOLD'")
                .params(who.id(), campaign)
                .query(Integer.class)
                .single();
    }

    private GoldHealth of(UUID pair) {
        return gold.of(fixture.lead, campaign).stream()
                .filter(each -> each.pair().equals(pair))
                .findFirst()
                .orElseThrow();
    }

    private long audited(String action) {
        return jdbc.sql("SELECT count(*) FROM audit_event WHERE campaign_id = ? AND action = ?")
                .params(campaign, action)
                .query(Long.class)
                .single();
    }

    @Test
    void gold_that_everybody_fails_is_in_doubt_and_gold_that_everybody_has_had_is_worn() {
        var doubted = of(bad);
        assertThat(doubted.state()).isEqualTo(State.BAD);
        assertThat(doubted.verdict()).isEqualTo("first");
        assertThat(doubted.said()).isEqualTo("second");
        assertThat(doubted.saidBy()).isEqualTo(PEOPLE);
        assertThat(doubted.accuracy().answers()).isEqualTo(PEOPLE);
        assertThat(doubted.accuracy().high()).isLessThan(0.5);

        var had = of(worn);
        assertThat(had.state()).isEqualTo(State.WORN);
        assertThat(had.left()).isZero();
        assertThat(had.accuracy().mean()).isGreaterThan(0.5);
        assertThat(gold.of(fixture.lead, campaign))
                .extracting(GoldHealth::state)
                .containsExactly(State.BAD, State.WORN);

        fixture.newcomer(campaign);
        assertThat(of(worn).state()).isEqualTo(State.SOUND);
        assertThat(of(worn).left()).isEqualTo(1);
    }

    @Test
    void retired_gold_is_handed_to_nobody_and_its_answers_go_on_counting() throws Exception {
        var before = goldAnswers();
        var http = new HttpFixture(context);
        var path = "/api/v1/campaigns/" + campaign + "/known-answers/" + worn + "/retirement";

        assertThat(http.send(fixture.lead, post(path)).status()).isEqualTo(204);
        assertThat(http.send(fixture.lead, post(path)).problem()).isEqualTo("404 nothing_known");

        assertThat(of(worn).state()).isEqualTo(State.RETIRED);
        assertThat(goldAnswers()).isEqualTo(before);
        assertThat(audited("gold.retired")).isEqualTo(1);
        known.withdraw(fixture.lead, campaign, bad);
        assertThat(audited("answer.withdrawn")).isEqualTo(1);
        // what is in doubt stops counting against anybody
        assertThat(goldAnswers()).isEqualTo(before - PEOPLE);
        var newcomer = fixture.newcomer(campaign);
        for (int round = 0; round < 12; round++) {
            for (var assignment : assignments.claim(newcomer, campaign, 1).assignments()) {
                labels.submit(newcomer, TestSubmissions.rated(assignment, 4, 1));
            }
        }
        assertThat(met(newcomer)).isZero();
        assertThat(http.send(fixture.lead, get("/api/v1/campaigns/" + campaign + "/gold/health"))
                        .json()
                        .at("/0/state")
                        .asString())
                .isEqualTo("RETIRED");
    }

    private int goldAnswers() {
        return annotators.list(fixture.lead, campaign).stream()
                .mapToInt(each -> each.gold() == null ? 0 : each.gold().answers())
                .sum();
    }

    @Test
    void unanimous_pairs_are_proposed_with_their_number_of_labels_and_a_probability() {
        for (var who : people.subList(0, 2)) {
            for (var claim = assignments.claim(who, campaign, 5);
                    !claim.assignments().isEmpty();
                    claim = assignments.claim(who, campaign, 5)) {
                claim.assignments().forEach(assignment -> answer(who, assignment));
            }
            reopen();
        }
        jdbc.sql("DELETE FROM slot WHERE campaign_id = ?").param(campaign).update();

        var proposals = known.proposals(fixture.lead, campaign, 10);

        assertThat(proposals).isNotEmpty().allSatisfy(proposal -> {
            assertThat(proposal.labels()).isGreaterThan(1);
            assertThat(proposal.probability()).isBetween(0.5, 1.0);
        });
    }
}
