package org.diptych.service.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** The chain over a campaign's labels, and every way in which somebody with all rights could bend it. */
@ServiceTest
class HistoryIT {
    private static final int LABELS = 12;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    LabelChain chain;

    @Autowired
    WebApplicationContext context;

    @TempDir
    Path folder;

    private CampaignFixture fixture;
    private UUID campaign;
    private SignedIn annotator;

    @BeforeEach
    void label() {
        fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", LABELS * 2, 1);
        annotator = fixture.annotators(campaign, 1).getFirst();
        label(LABELS);
        // the second time everything that was under way at the first has ended
        chain.extend(() -> false);
        chain.extend(() -> false);
    }

    private void label(int count) {
        for (int i = 0; i < count; i++) {
            var assignment =
                    assignments.claim(annotator, campaign, 1).assignments().getFirst();
            labels.submit(annotator, TestSubmissions.rated(assignment, 4, 2));
        }
    }

    private HistoryReport report(Map<UUID, HistoryReport.Anchor> anchors) throws SQLException {
        try (var connection = database.getConnection()) {
            return new HistoryVerification(ObjectStore.in(folder), anchors, _ -> {}).verify(connection);
        }
    }

    private HistoryReport.Chain verified() throws SQLException {
        return verified(Map.of());
    }

    private HistoryReport.Chain verified(Map<UUID, HistoryReport.Anchor> anchors) throws SQLException {
        return report(anchors).campaigns().stream()
                .filter(c -> c.campaign().equals(campaign))
                .findFirst()
                .orElseThrow();
    }

    private UUID labelAt(long position) {
        return jdbc.sql("SELECT label_id FROM label_chain WHERE campaign_id = ? AND position = ?")
                .params(campaign, position)
                .query(UUID.class)
                .single();
    }

    /** As somebody who owns everything, and is in a hurry. */
    private void tamper(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try {
                for (var sql : statements) {
                    statement.execute(sql);
                }
            } finally {
                statement.execute("SET session_replication_role = origin");
            }
        }
    }

    @Test
    void every_committed_label_is_in_the_chain_once_and_nothing_is_amiss() throws Exception {
        var chained = verified();
        assertThat(chained.labels()).isEqualTo(LABELS);
        assertThat(chained.chained()).isEqualTo(LABELS);
        assertThat(chained.waiting()).isZero();
        assertThat(chained.head()).matches("[0-9a-f]{64}");
        assertThat(chained.firstBreak()).isNull();

        label(2);
        assertThat(verified().waiting()).isEqualTo(2);
        assertThat(verified().firstBreak()).isNull();
        assertThat(chain.extend(() -> false)).isEqualTo(2);
        assertThat(verified(Map.of(campaign, new HistoryReport.Anchor(LABELS, chained.head())))
                        .firstBreak())
                .isNull();
    }

    @Test
    void a_label_that_commits_after_later_ones_still_comes_into_the_chain() throws Exception {
        var template = labelAt(1);
        var late = UUID.randomUUID();
        try (var slow = database.getConnection();
                var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(copyOf(template, late));
            label(3);
            for (int i = 0; i < 3; i++) {
                chain.extend(() -> false);
            }
            assertThat(verified().chained()).isEqualTo(LABELS + 3);
            slow.commit();
        }
        for (int i = 0; i < 3; i++) {
            chain.extend(() -> false);
        }
        assertThat(verified().chained()).isEqualTo(LABELS + 4);
        assertThat(verified().firstBreak()).isNull();
        assertThat(labelAt(LABELS + 4)).isEqualTo(late);
    }

    @Test
    void a_label_whose_transaction_began_after_that_of_a_later_one_is_waited_for() throws Exception {
        var template = labelAt(1);
        var late = UUID.randomUUID();
        try (var first = database.getConnection();
                var second = database.getConnection();
                var quick = first.createStatement();
                var slow = second.createStatement()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            quick.execute("SELECT pg_current_xact_id()");
            slow.execute("SELECT pg_current_xact_id()");
            slow.execute(copyOf(template, late));
            quick.execute(copyOf(template, UUID.randomUUID()));
            first.commit();
            for (int i = 0; i < 4; i++) {
                chain.extend(() -> false);
            }
            assertThat(verified().chained()).isEqualTo(LABELS + 1);
            second.commit();
            first.setAutoCommit(true);
            second.setAutoCommit(true);
        }
        for (int i = 0; i < 3; i++) {
            chain.extend(() -> false);
        }
        assertThat(verified().firstBreak()).isNull();
        assertThat(verified().chained()).isEqualTo(LABELS + 2);
        assertThat(labelAt(LABELS + 2)).isEqualTo(late);
    }

    private static String copyOf(UUID template, UUID id) {
        return """
                INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, kind, protocol_sha256, answers, verdicts,
                    swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                SELECT '%s', campaign_id, pair_id, annotator_id, assignment_id, kind, protocol_sha256, answers, verdicts, swapped,
                    stratum, selection_probability, fencing_token, 1 FROM label WHERE id = '%s'""".formatted(id, template);
    }

    @Test
    void a_changed_label_is_found_with_its_place() throws Exception {
        for (var change : List.of(
                "answers = '{}'",
                "comment = 'never said'",
                "submitted_at = submitted_at + interval '1 microsecond'",
                "annotator_id = (SELECT id FROM account WHERE id <> annotator_id LIMIT 1)",
                "selection_probability = selection_probability + 1e-15",
                "swapped = NOT swapped")) {
            var label = labelAt(5);
            jdbc.sql("DROP TABLE IF EXISTS original").update();
            jdbc.sql("CREATE TABLE original AS SELECT * FROM label WHERE id = ?")
                    .param(label)
                    .update();
            tamper("UPDATE label SET " + change + " WHERE id = '" + label + "'");
            var found = Objects.requireNonNull(verified().firstBreak(), change);
            assertThat(found.position()).isEqualTo(5);
            assertThat(found.label()).isEqualTo(label);
            tamper(
                    "DELETE FROM label WHERE id = '" + label + "'",
                    "INSERT INTO label OVERRIDING SYSTEM VALUE SELECT * FROM original");
            assertThat(verified().firstBreak()).as("put back after " + change).isNull();
        }
        jdbc.sql("DROP TABLE original").update();
    }

    @Test
    void a_lost_label_and_a_lost_entry_are_found_with_their_place() throws Exception {
        var label = labelAt(7);
        tamper("DELETE FROM label WHERE id = '" + label + "'");
        assertThat(verified().firstBreak()).isEqualTo(new HistoryReport.Break(7, label, "the label is missing"));
        tamper("DELETE FROM label_chain WHERE label_id = '" + label + "'");
        assertThat(verified().firstBreak()).isEqualTo(new HistoryReport.Break(7, null, "the entry is missing"));
        tamper("UPDATE slot SET state = 'OPEN', label_id = NULL, assignment_id = NULL WHERE label_id = '" + label
                + "'");
    }

    @Test
    void a_label_put_in_behind_the_chain_is_found() throws Exception {
        var added = UUID.randomUUID();
        tamper(copyOf(labelAt(2), added));
        tamper("UPDATE label_chain_mark SET sequence = (SELECT max(sequence) FROM label)");
        var found = Objects.requireNonNull(verified().firstBreak());
        assertThat(found.label()).isEqualTo(added);
        assertThat(found.position()).isZero();
    }

    @Test
    void a_chain_that_was_made_anew_or_cut_is_told_by_an_earlier_report() throws Exception {
        var before = verified();
        var anchors = Map.of(campaign, new HistoryReport.Anchor(before.chained(), before.head()));
        var last = labelAt(LABELS);
        tamper(
                "DELETE FROM label_chain WHERE label_id = '" + last + "'",
                "UPDATE slot SET state = 'OPEN', label_id = NULL, assignment_id = NULL WHERE label_id = '" + last + "'",
                "DELETE FROM label WHERE id = '" + last + "'");
        assertThat(verified().firstBreak())
                .as("from inside nothing is to be seen")
                .isNull();
        assertThat(verified(anchors).firstBreak())
                .extracting(HistoryReport.Break::position)
                .isEqualTo((long) LABELS);

        tamper(
                "UPDATE label SET comment = 'never said' WHERE id = '" + labelAt(3) + "'",
                "DELETE FROM label_chain WHERE campaign_id = '" + campaign + "'",
                "UPDATE label_chain_mark SET sequence = 0");
        label(1);
        chain.extend(() -> false);
        assertThat(verified().firstBreak()).isNull();
        assertThat(verified(anchors).firstBreak())
                .extracting(HistoryReport.Break::what)
                .asString()
                .contains("made anew");
    }

    @Test
    void the_chain_holds_all_that_a_label_says() {
        assertThat(jdbc.sql("""
                        SELECT column_name FROM information_schema.columns WHERE table_name = 'label'
                        AND table_schema = 'public'""").query(String.class).list())
                .allSatisfy(column -> assertThat(ChainLink.CONTENT).contains("l." + column));
    }

    @Test
    void history_refuses_to_be_changed_even_by_its_owner_and_as_a_whole() {
        for (var table :
                List.of("label", "protocol", "audit_event", "label_chain", "dataset_snapshot", "known_answer")) {
            assertThatThrownBy(() -> jdbc.sql("TRUNCATE " + table + " CASCADE").update())
                    .as(table)
                    .hasMessageContaining("append-only");
        }
        assertThatThrownBy(() -> jdbc.sql("DELETE FROM label_chain").update()).hasMessageContaining("append-only");
    }

    @Test
    void pictures_and_protocols_that_are_not_what_they_were_are_named() throws Exception {
        var store = ObjectStore.in(folder);
        var good = "a".repeat(63) + "0";
        store.put(ObjectStore.keyOf(good), "something else".getBytes(StandardCharsets.UTF_8));
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 1, 1, 1)")
                .param(good)
                .update();
        var report = report(Map.of());
        assertThat(report.intact()).isFalse();
        assertThat(report.pictures().wrong()).isPositive();
        assertThat(report.protocols().checked()).isPositive();
        assertThat(report.protocols().changed()).isEmpty();
        assertThat(report.counts()).extracting(HistoryReport.Count::wrong).containsOnly(0L);
    }

    @Test
    void an_administrator_has_it_verified_over_the_interface_and_nobody_else() throws Exception {
        var http = new HttpFixture(context);
        assertThat(http.send(annotator, get("/api/v1/verification")).problem()).isEqualTo("403 not_an_administrator");
        var admin = new SignedIn(
                jdbc.sql("""
                                INSERT INTO account (name, display_name, role) VALUES (?, 'A', 'ADMIN') RETURNING id""")
                        .param("admin-" + UUID.randomUUID())
                        .query(UUID.class)
                        .single(),
                "admin",
                "A",
                Role.ADMIN);
        var answer = http.send(admin, get("/api/v1/verification"));
        assertThat(answer.status()).isEqualTo(200);
    }
}
