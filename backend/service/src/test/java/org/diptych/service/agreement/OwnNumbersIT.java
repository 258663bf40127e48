package org.diptych.service.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.Submission;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.AnnotatorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One meaning for every figure: the same pair counts once, as the same thing, on the same day, wherever it is shown. */
@ServiceTest
class OwnNumbersIT {
    /** On opposite sides of the date line: at every moment it is another day in at least one of them than in UTC. */
    private static final String EARLY = "Pacific/Kiritimati";

    private static final String LATE = "Pacific/Pago_Pago";

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    MyWorkController myWork;

    @Autowired
    AnnotatorProgressService progress;

    @Autowired
    CampaignProgressService campaigns;

    @Autowired
    CampaignService overview;

    @Autowired
    AnnotatorService annotators;

    @Autowired
    AccountService accounts;

    @Autowired
    AccountZones zones;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn ann;
    private SignedIn bob;
    private SignedIn lead;

    @BeforeEach
    void a_small_campaign() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 3, 1);
        var people = fixture.annotators(campaign, 2);
        ann = people.get(0);
        bob = people.get(1);
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
    }

    private List<AssignmentView> claim(SignedIn who, int count) {
        return assignments.claim(who, campaign, count).assignments();
    }

    private UUID answer(AssignmentView assignment, @Nullable UUID former) {
        var submission = TestSubmissions.correction(assignment, former, 3, 2);
        labels.submit(ann, submission);
        return submission.id();
    }

    private UUID skip(SignedIn who, AssignmentView assignment, boolean flagged, @Nullable UUID former) {
        var submission = new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                null,
                new Submission.Skip("cannot_judge"),
                null,
                flagged,
                1_000,
                null,
                null,
                former);
        labels.submit(who, submission);
        return submission.id();
    }

    private void everythingWasGiven(String moment) {
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql("UPDATE label SET submitted_at = " + moment + " WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();
    }

    /** Every place that says how many pairs the annotator has done, and how many of them today. */
    private void says(long mine, long today) {
        var own = progress.of(ann, campaign);
        assertThat(own.mine()).as("workspace").isEqualTo(mine);
        assertThat(own.today()).as("workspace, today").isEqualTo(today);
        var card = campaigns.annotating(ann).getFirst();
        assertThat(card.mine()).as("home").isEqualTo(mine);
        assertThat(card.today()).as("home, today").isEqualTo(today);
        assertThat(myWork.myWork(ann, campaign).pace().today().labels())
                .as("pace")
                .isEqualTo(today);
        var work = annotators.list(lead, campaign).stream()
                .filter(standing -> standing.account().id().equals(ann.id()))
                .findFirst()
                .orElseThrow()
                .work();
        assertThat(work.labels()).as("lead").isEqualTo(mine);
        assertThat(work.today()).as("lead, today").isEqualTo(today);
    }

    @Test
    void a_pair_counts_once_however_often_it_was_corrected_and_a_skip_only_when_it_is_answered() {
        var held = claim(ann, 2);
        var first = answer(held.get(0), null);
        answer(held.get(0), first);
        var skipped = skip(ann, held.get(1), false, null);
        says(1, 1);
        answer(assignments.renew(ann, held.get(1).id()), skipped);
        says(2, 2);
    }

    @Test
    void an_answer_that_became_a_skip_counts_nowhere_any_more() {
        var held = claim(ann, 1).getFirst();
        skip(ann, held, false, answer(held, null));
        says(0, 0);
        assertThat(campaigns.progress(lead, campaign).skips()).isOne();
    }

    @Test
    void a_correction_of_yesterdays_answer_is_no_work_of_today() {
        var held = claim(ann, 1).getFirst();
        var former = answer(held, null);
        everythingWasGiven("now() - interval '30 hours'");
        answer(held, former);
        says(1, 0);
    }

    @Test
    void a_day_begins_at_midnight_where_the_account_lives() {
        answer(claim(ann, 1).getFirst(), null);
        var zone = midnightIsMoreThanAnHourAgoIn(EARLY) ? EARLY : LATE;
        everythingWasGiven("date_trunc('day', now(), '" + zone + "') - interval '1 minute'");
        zones.choose(ann, zone);
        zones.choose(lead, zone);
        says(1, 0);
    }

    @Test
    void what_is_given_a_minute_after_that_midnight_is_of_the_new_day() {
        answer(claim(ann, 1).getFirst(), null);
        var zone = midnightIsMoreThanAnHourAgoIn(EARLY) ? EARLY : LATE;
        everythingWasGiven("date_trunc('day', now(), '" + zone + "') + interval '1 minute'");
        zones.choose(ann, zone);
        zones.choose(lead, zone);
        says(1, 1);
        var days = myWork.myWork(ann, campaign).pace().days();
        assertThat(days.getLast().date()).isEqualTo(LocalDate.now(ZoneId.of(zone)));
        assertThat(campaigns.progress(lead, campaign).days())
                .singleElement()
                .satisfies(day -> assertThat(day.date()).isEqualTo(LocalDate.now(ZoneId.of(zone))));
        assertThat(campaigns.progress(lead, campaign).annotatorsToday()).isOne();
    }

    private static boolean midnightIsMoreThanAnHourAgoIn(String zone) {
        return java.time.ZonedDateTime.now(ZoneId.of(zone)).getHour() > 0;
    }

    @Test
    void a_zone_is_one_that_the_world_knows() {
        assertThat(zones.chosen(ann)).isEmpty();
        zones.choose(ann, "Asia/Shanghai");
        assertThat(zones.chosen(ann)).contains("Asia/Shanghai");
        for (var wrong :
                new String[] {null, "", "Mars/Olympus", "+02:00", "GMT+2", "europe/berlin", "UTC+02:00", "'; --"}) {
            assertThatThrownBy(() -> zones.choose(ann, wrong))
                    .as(String.valueOf(wrong))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.code()).isEqualTo("invalid_zone");
                        assertThat(problem.properties()).containsEntry("field", "zone");
                    });
        }
        assertThat(zones.chosen(ann)).contains("Asia/Shanghai");
    }

    @Test
    void times_that_nobody_can_have_spent_are_refused_with_the_field() {
        var held = claim(ann, 1).getFirst();
        refused("activeMilliseconds", held, Long.MAX_VALUE, null);
        refused("activeMilliseconds", held, -1, null);
        refused("activeMilliseconds", held, 86_400_001, null);
        refused("firstAnswerMilliseconds", held, 1, -1L);
        refused("firstAnswerMilliseconds", held, 1, 86_400_001L);
        labels.submit(ann, timed(held, 86_400_000, 86_400_000L));
    }

    private void refused(String field, AssignmentView held, long active, @Nullable Long firstAnswer) {
        assertThatThrownBy(() -> labels.submit(ann, timed(held, active, firstAnswer)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.properties()).containsEntry("field", field));
    }

    private static Submission timed(AssignmentView held, long active, @Nullable Long firstAnswer) {
        var rated = TestSubmissions.rated(held, 3, 2);
        return new Submission(
                rated.id(),
                rated.assignment(),
                rated.token(),
                rated.answers(),
                null,
                null,
                false,
                active,
                firstAnswer,
                null,
                null);
    }

    @Test
    void absurd_times_of_earlier_releases_break_no_figure() {
        for (var held : claim(ann, 2)) {
            answer(held, null);
        }
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql("ALTER TABLE label DROP CONSTRAINT label_times").update();
        try {
            jdbc.sql("UPDATE label SET active_milliseconds = ? WHERE campaign_id = ?")
                    .params(Long.MAX_VALUE, campaign)
                    .update();
            assertThat(myWork.myWork(ann, campaign).pace().today().activeMilliseconds())
                    .isEqualTo(2 * 86_400_000L);
            assertThat(campaigns.progress(lead, campaign).medianActiveSeconds()).isEqualTo(86_400.0);
            says(2, 2);
        } finally {
            jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();
            jdbc.sql("""
                            ALTER TABLE label ADD CONSTRAINT label_times CHECK (active_milliseconds BETWEEN 0 AND 86400000
                                AND first_answer_milliseconds BETWEEN 0 AND 86400000) NOT VALID""").update();
        }
    }

    @Test
    void a_skip_with_a_flag_is_flagged_and_one_that_was_answered_is_no_skip() {
        var held = claim(ann, 1).getFirst();
        var skipped = skip(ann, held, true, null);
        assertThat(campaigns.progress(lead, campaign).skips()).isOne();
        assertThat(campaigns.progress(lead, campaign).flagged()).isOne();
        assertThat(overview.overview(lead, campaign).skips()).isOne();
        answer(assignments.renew(ann, held.id()), skipped);
        assertThat(campaigns.progress(lead, campaign).skips()).isZero();
        assertThat(campaigns.progress(lead, campaign).flagged()).isZero();
        assertThat(overview.overview(lead, campaign).skips()).isZero();
    }

    @Test
    void what_everybody_skipped_is_told_to_annotators_and_leads() {
        for (var held : claim(ann, 2)) {
            skip(ann, held, false, null);
        }
        assertThat(campaigns.stuck(lead, campaign).pairs()).isZero();
        answer(claim(ann, 1).getFirst(), null);
        assertThat(assignments.claim(ann, campaign, 1).empty()).isEqualTo(AssignmentService.Empty.SKIPPED_BY_YOU);
        for (var held : claim(bob, 5)) {
            skip(bob, held, false, null);
        }
        assertThat(assignments.claim(bob, campaign, 1).empty()).isEqualTo(AssignmentService.Empty.SKIPPED_BY_YOU);
        var stuck = campaigns.progress(lead, campaign).stuck();
        assertThat(stuck.pairs()).isEqualTo(2);
        assertThat(stuck.reasons()).containsOnly(java.util.Map.entry("cannot_judge", 4L));
        // somebody new can take them
        new CampaignFixture(jdbc, accounts).annotators(campaign, 1);
        assertThat(campaigns.stuck(lead, campaign).pairs()).isZero();
    }
}
