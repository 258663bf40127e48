package org.diptych.service.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.Eventually;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.agreement.AgreementFigures.AnnotatorFigures;
import org.diptych.service.agreement.AgreementFigures.Finding;
import org.diptych.service.agreement.AgreementFigures.Group;
import org.diptych.service.agreement.AgreementFilter.Level;
import org.diptych.service.agreement.AgreementFilter.Part;
import org.diptych.service.conduct.AnnotatorReport;
import org.diptych.service.conduct.AnnotatorReports;
import org.diptych.service.conduct.AnnotatorRules;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.conduct.RuleAction;
import org.diptych.service.conduct.RuleWatch;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** What the figures of a campaign say of it: who and what is at fault in one whose faults are known, and sums done by hand. */
@ServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class AgreementFiguresIT {
    private static final AgreementFilter ALL =
            new AgreementFilter(null, Part.ALL, null, null, null, null, null, Level.ORDINAL);

    @Autowired
    AgreementFigureService service;

    @Autowired
    AgreementService inShort;

    @Autowired
    AnnotatorReports reports;

    @Autowired
    Conduct conduct;

    @Autowired
    RuleWatch rules;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    private UUID campaign;
    private SignedIn lead;

    @BeforeAll
    void a_campaign_with_faults() throws SQLException {
        try (var connection = database.getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("campaign-with-faults.sql"));
        }
        campaign = jdbc.sql("SELECT id FROM campaign WHERE name = 'Campaign with faults'")
                .query(UUID.class)
                .single();
        lead = accounts.createAccount("l" + UUID.randomUUID(), "Lead", Role.ADMIN, null)
                .account();
    }

    private AgreementFigures figures(AgreementFilter filter) {
        return service.of(lead, campaign, filter);
    }

    private static AgreementFilter of(String dimension, Level level) {
        return new AgreementFilter(null, Part.ALL, null, null, null, null, dimension, level);
    }

    private static AnnotatorFigures person(AgreementFigures figures, String name) {
        return figures.annotators().stream()
                .filter(annotator -> annotator.person().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double value(CampaignAgreement.Figure figure) {
        return Objects.requireNonNull(figure.value());
    }

    @Test
    void everything_is_counted_once() {
        var figures = figures(ALL);

        assertThat(figures.basis().labels()).isEqualTo(3_000);
        assertThat(figures.basis().comparable()).isEqualTo(1_000);
        assertThat(figures(AgreementFilter.DEFAULT).basis().labels()).isEqualTo(2_100);
        assertThat(figures.strata()).extracting(stratum -> stratum.labels()).containsExactly(2_100L, 900L, 3_000L);
        assertThat(figures.dimensions().getFirst().ordinal().pairable()).isEqualTo(2_000);
        assertThat(figures.dimensions().getFirst().nominal().pairable()).isEqualTo(1_000);
        assertThat(figures.annotators()).hasSize(12);
        assertThat(figures.annotators().stream()
                        .mapToLong(AnnotatorFigures::labels)
                        .sum())
                .isEqualTo(3_000);
    }

    @Test
    void the_one_who_takes_the_left_picture_is_found_by_sides_and_nobody_else_is() {
        var figures = figures(of("instruction_following", Level.NOMINAL));

        assertThat(figures.annotators())
                .filteredOn(annotator -> annotator.sides().pValue() < 0.05)
                .extracting(annotator -> annotator.person().name())
                .containsExactly("lea");
        assertThat(person(figures, "lea").sides().share()).isGreaterThan(0.7);
        assertThat(kinds(figures, "side")).containsExactly("lea");
        assertThat(person(figures(of("visual_quality", Level.NOMINAL)), "lea")
                        .sides()
                        .pValue())
                .isGreaterThan(0.05);
    }

    @Test
    void the_one_who_drifts_is_found_by_change_and_nobody_else_is() {
        var figures = figures(of("overall", Level.NOMINAL));

        assertThat(kinds(figures, "change")).containsExactly("mo");
        var change = Objects.requireNonNull(person(figures, "mo").change());
        assertThat(change.high()).isNegative();
        assertThat(change.earlier()).isGreaterThan(change.later() + 0.15);
    }

    @Test
    void the_one_who_clicks_is_found_by_agreement_and_influence() {
        var figures = figures(ALL);

        assertThat(kinds(figures, "disagrees")).contains("ken");
        assertThat(kinds(figures, "influence")).containsExactly("ken");
        assertThat(value(person(figures, "ken").without()))
                .isGreaterThan(value(figures.dimensions().getFirst().ordinal().alpha()) + 0.02);
        var ken = figures.annotators().indexOf(person(figures, "ken"));
        assertThat(figures.matrix())
                .filteredOn(cell -> cell.first() == ken || cell.second() == ken)
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(value(cell.alpha())).isLessThan(0.35))
                .allSatisfy(cell -> assertThat(cell.shared()).isGreaterThanOrEqualTo(30));
    }

    /** What leads see of one annotator, and the annotator of themselves. */
    @Test
    void the_report_of_each_finds_their_fault_in_their_own_pairs_and_names_the_day() {
        var lea = report("lea").figures();
        assertThat(lea.sides().pValue()).isLessThan(0.001);
        assertThat(lea.sides().share().value()).isGreaterThan(0.6);
        assertThat(lea.pace().medianSeconds()).isEqualTo(9);

        var mo = report("mo").figures();
        assertThat(mo.drift().found()).isTrue();
        assertThat(mo.drift().after()).isLessThan(mo.drift().before());
        assertThat(mo.drift().at())
                .as("pair 500 of 1,000, two hours each")
                .isBetween(Instant.parse("2026-04-08T00:00:00Z"), Instant.parse("2026-04-19T00:00:00Z"));

        var ada = report("ada").figures();
        assertThat(ada.labels()).isEqualTo(ada.answers()).isBetween(200, 300);
        assertThat(ada.pairs() % 10).isZero();
        assertThat(ada.drift().found()).isFalse();
        var overall = ada.dimensions().getFirst();
        assertThat(overall.confusion().stream()
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(overall.cases());
        var ken = report("ken").figures().dimensions().getFirst();
        assertThat(ken.reliability().high()).isLessThan(overall.reliability().low());
        assertThat(ken.agreement().high()).isLessThan(overall.agreement().low());
        var own = reports.own(account("ken"), campaign);
        assertThat(own.figures()).isEqualTo(report("ken").figures());
    }

    @Test
    void the_rule_about_drift_warns_who_drifts_and_nobody_else() {
        conduct.change(
                lead,
                campaign,
                new AnnotatorRules(null, null, null, new AnnotatorRules.Drift(RuleAction.WARN)),
                Set.of());
        rules.look(() -> false);
        rules.look(() -> false);
        assertThat(report("mo").notices()).hasSize(1);
        assertThat(reports.questionedOwn(
                        account("mo"),
                        campaign,
                        report("mo").notices().getFirst().id()))
                .as("a warning names no pair")
                .isEmpty();
        assertThat(report("mo").pause()).isNull();
        assertThat(List.of("ada", "bao", "cal", "dai", "eva", "fei", "gil", "hua", "ian", "ken", "lea"))
                .allSatisfy(name -> assertThat(report(name).notices()).isEmpty());
    }

    private AnnotatorReport report(String name) {
        return reports.of(lead, campaign, account(name).id());
    }

    private SignedIn account(String name) {
        return jdbc.sql("SELECT id, name, display_name FROM account WHERE name = ?")
                .param(name)
                .query((row, number) -> new SignedIn(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("display_name"),
                        Role.ANNOTATOR))
                .single();
    }

    private static List<String> kinds(AgreementFigures figures, String kind) {
        return figures.findings().stream()
                .filter(finding -> finding.kind().equals(kind))
                .map(Finding::subject)
                .toList();
    }

    @Test
    void the_category_on_which_all_disagree_is_the_lowest() {
        var categories = figures(ALL).groups().get("category");

        assertThat(categories)
                .hasSize(5)
                .allSatisfy(group -> assertThat(group.pairs()).isEqualTo(200));
        assertThat(categories.stream()
                        .min(Comparator.comparing(group -> value(group.reading().alpha())))
                        .map(Group::name))
                .contains("Stylization");
        assertThat(kinds(figures(ALL), "category")).containsExactly("Stylization");
    }

    @Test
    void parts_add_up() {
        var groups = figures(ALL).groups();

        assertThat(groups.get("model"))
                .extracting(Group::name)
                .containsExactlyInAnyOrder("editor-x", "editor-y", "editor-z");
        assertThat(groups.get("model").stream().mapToLong(Group::pairs).sum()).isEqualTo(2_000);
        assertThat(groups.get("model_pair").stream().mapToLong(Group::pairs).sum())
                .isEqualTo(1_000);
        assertThat(groups.get("language")).extracting(Group::name).containsExactly("en", "zh");
        assertThat(groups.get("version")).extracting(Group::name).containsExactly("edit-preference-v1");
        var weeks = figures(ALL).weeks();
        assertThat(weeks).hasSize(12);
        assertThat(weeks.getFirst().monday()).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(weeks.stream()
                        .mapToLong(week -> week.dimensions().get(2).pairable())
                        .sum())
                .isEqualTo(1_000);
        var confusion = figures(of("overall", Level.NOMINAL)).confusion();
        assertThat(confusion.split().stream()
                        .mapToDouble(AgreementFigures.Part::share)
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(confusion.histogram()).hasSize(11);
        assertThat(confusion.histogram().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1_000);
    }

    @Test
    void filters_are_kept_to() {
        var one = figures(new AgreementFilter(
                null,
                Part.ALL,
                LocalDate.parse("2026-03-09"),
                LocalDate.parse("2026-03-15"),
                null,
                "Stylization",
                null,
                Level.ORDINAL));
        assertThat(one.weeks()).hasSize(1);
        assertThat(one.groups().get("category")).hasSize(1);
        assertThat(one.basis().pairs()).isBetween(10L, 25L);

        var ken = figures(new AgreementFilter(null, Part.ALL, null, null, "ken", null, null, Level.ORDINAL));
        assertThat(ken.basis().pairs()).isEqualTo(person(figures(ALL), "ken").labels());

        assertThatThrownBy(() ->
                        figures(new AgreementFilter("none-v1", Part.ALL, null, null, null, null, null, Level.ORDINAL)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("edit-preference-v1");
        assertThatThrownBy(() -> figures(of("colour", Level.ORDINAL))).isInstanceOf(Problem.class);
    }

    @Test
    void two_annotators_have_their_disputed_pairs() {
        var pairs = service.between(lead, campaign, ALL, "ken", "ada");

        assertThat(pairs).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.disagreement()).isEqualTo(1);
            assertThat(pair.answers()).hasSize(2);
        });
        assertThat(figures(ALL).disputed())
                .hasSize(20)
                .allSatisfy(pair -> assertThat(pair.disagreement()).isEqualTo(1));
    }

    @Test
    void a_version_without_answers_does_not_hide_those_of_the_version_before_it() {
        var other = jdbc.sql(
                        "SELECT sha256 FROM protocol WHERE id = 'edit-preference' AND version <> 1 UNION ALL SELECT sha256 FROM protocol WHERE id <> 'edit-preference' LIMIT 1")
                .query(String.class)
                .single();
        jdbc.sql("UPDATE campaign SET protocol_sha256 = ? WHERE id = ?")
                .params(other, campaign)
                .update();
        try {
            var figures = figures(new AgreementFilter(
                    null, Part.ALL, LocalDate.parse("2026-03-02"), null, null, null, null, Level.ORDINAL));
            assertThat(figures.basis().protocol()).isEqualTo("edit-preference-v1");
            assertThat(figures.basis().current()).isFalse();
            assertThat(figures.choices().versions()).hasSize(2);
            assertThat(inShort.of(lead, campaign).protocol()).isEqualTo("edit-preference-v1");
        } finally {
            jdbc.sql(
                            "UPDATE campaign SET protocol_sha256 = (SELECT sha256 FROM protocol WHERE id = 'edit-preference' AND version = 1) WHERE id = ?")
                    .param(campaign)
                    .update();
        }
    }

    @Test
    void sums_done_by_hand_come_out_and_a_correction_a_skip_and_a_new_label_are_followed() {
        var fixture = new CampaignFixture(jdbc, accounts);
        var small = fixture.campaign("edit-comparison-v1", 4, 2);
        var people = fixture.annotators(small, 2);
        var pairs = jdbc.sql(
                        "SELECT p.id FROM pair p JOIN item i ON i.id = p.item_id WHERE p.campaign_id = ? ORDER BY i.external_id")
                .param(small)
                .query(UUID.class)
                .list();
        var answers = new String[][] {{"first", "first"}, {"first", "tie"}, {"second", "second"}, {"first", "second"}};
        UUID last = UUID.randomUUID();
        for (int pair = 0; pair < 4; pair++) {
            for (int who = 0; who < 2; who++) {
                last = label(small, pairs.get(pair), people.get(who).id(), who, answers[pair][who], null);
            }
        }
        var filter = of("overall", Level.NOMINAL);
        var figures = service.of(lead, small, filter);
        var reading = figures.dimensions().getLast().nominal();
        // values 4 first, 1 tie, 3 second of 8; two of four pairs disagree: Do = 4 / 8, De = 2 (4*1 + 4*3 + 1*3) / (8 *
        // 7)
        assertThat(value(reading.alpha())).isCloseTo(1 - 0.5 / (38.0 / 56), within(1e-12));
        assertThat(value(reading.percent())).isEqualTo(0.5);
        assertThat(figures.confusion().split())
                .extracting(AgreementFigures.Part::share)
                .containsExactly(0.5, 0.25, 0.0, 0.25);
        assertThat(figures.confusion().histogram()).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 2L);
        // nothing was swapped: left is first
        assertThat(Objects.requireNonNull(figures.sides()).left()).isEqualTo(4);
        assertThat(figures.sides().decided()).isEqualTo(7);
        assertThat(figures.matrix()).isEmpty();

        last = label(small, pairs.get(3), people.get(1).id(), 1, "first", last);
        assertThat(value(live(small, filter, 0.75)
                        .dimensions()
                        .getLast()
                        .nominal()
                        .percent()))
                .isEqualTo(0.75);

        skip(pairs.get(3), people.get(1).id(), last);
        assertThat(live(small, filter, 2.0 / 3).basis().labels()).isEqualTo(7);
    }

    /** What is known comes at once, and what is new soon after it. */
    private AgreementFigures live(UUID small, AgreementFilter filter, double percent) {
        var shown = new AtomicReference<AgreementFigures>();
        Eventually.holds("agreement of " + percent, () -> {
            shown.set(service.of(lead, small, filter, Duration.ofSeconds(5)).orElseThrow());
            var found = shown.get().dimensions().getLast().nominal().percent();
            return Math.abs(value(found) - percent) < 1e-9;
        });
        return shown.get();
    }

    private UUID label(UUID small, UUID pair, UUID who, int slot, String answer, @Nullable UUID supersedes) {
        if (supersedes == null) {
            jdbc.sql("""
                            INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                            VALUES (?, ?, ?, ?, 'LABELLED', nextval('fencing_token'), now(), false)""").params(small, pair, who, slot).update();
        }
        var said = """
                {"instruction_following": "%1$s", "visual_quality": "%1$s", "overall": "%1$s"}""".formatted(answer);
        return insert(pair, who, "ANSWER", said, supersedes);
    }

    private void skip(UUID pair, UUID who, UUID supersedes) {
        insert(pair, who, "SKIP", null, supersedes);
    }

    private UUID insert(UUID pair, UUID who, String kind, @Nullable String said, @Nullable UUID supersedes) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers,
                            verdicts, skip_reason, swapped, stratum, selection_probability, fencing_token, active_milliseconds, supersedes)
                        SELECT :id, a.campaign_id, a.pair_id, a.annotator_id, a.id, a.slot, :kind, a.protocol_sha256,
                            :said::jsonb - 'overall', :said::jsonb, CASE WHEN :kind = 'SKIP' THEN 'cannot_judge' END, false, a.stratum, 1,
                            a.fencing_token, 900, :supersedes
                        FROM assignment a WHERE a.pair_id = :pair AND a.annotator_id = :who""")
                .param("id", id)
                .param("kind", kind)
                .param("said", said)
                .param("supersedes", supersedes)
                .param("pair", pair)
                .param("who", who)
                .update();
        return id;
    }
}
