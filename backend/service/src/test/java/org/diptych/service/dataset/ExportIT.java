package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.database.Streaming;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.Submission;
import org.diptych.service.label.TestSubmissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What leaves the platform, for readers that know nothing of it. */
@ServiceTest
class ExportIT {
    private static final String LINE_ENDS = "one\u2028two\u2029three\u0085four\nfive";

    @Autowired
    ExportService exports;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    SnapshotService snapshots;

    @Autowired
    ReplayExport replay;

    @Autowired
    Streaming streaming;

    @Autowired
    JdbcClient jdbc;

    private SignedIn admin;

    @BeforeEach
    void an_administrator() {
        admin = accounts.createAccount("a" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
    }

    @Test
    void every_column_has_one_type_from_the_first_line_to_the_last() throws IOException {
        var campaign = aCampaignWithEveryKindOfLabel();

        var lines = write(campaign, ExportFormat.JSONL).text().split("\n");

        assertThat(lines).hasSize(5);
        var types = new HashMap<String, String>();
        for (var line : lines) {
            collectTypes("", JsonMapper.shared().readTree(line), types);
        }
        assertThat(types).containsEntry("/skip_reason", "STRING").containsEntry("/first/seed", "STRING");
    }

    /** As readers of JSON lines do it; only a skip has no answers and no verdicts. */
    private static void collectTypes(String path, JsonNode node, Map<String, String> types) {
        if (node.isNull()) {
            assertThat(path).isIn("/answers", "/verdicts");
            return;
        }
        assertThat(types.computeIfAbsent(path, _ -> node.getNodeType().name()))
                .as(path)
                .isEqualTo(node.getNodeType().name());
        for (var property : node.properties()) {
            collectTypes(path + "/" + property.getKey(), property.getValue(), types);
        }
    }

    @Test
    void every_line_fits_the_published_schema() throws IOException {
        var campaign = aCampaignWithEveryKindOfLabel();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        new ClassPathResource("labels.schema.json", ExportController.class)
                                .getContentAsString(StandardCharsets.UTF_8),
                        InputFormat.JSON);

        for (var line : write(campaign, ExportFormat.JSONL).text().split("\n")) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
    }

    @Test
    void what_some_readers_take_for_the_end_of_a_line_is_escaped_and_comes_back() throws IOException {
        var campaign = aCampaignWithEveryKindOfLabel();

        var text = write(campaign, ExportFormat.JSONL).text();

        assertThat(text).doesNotContain("\u2028", "\u2029", "\u0085").contains("\u7ea2", "\\u2028");
        assertThat(text.lines()
                        .map(line -> JsonMapper.shared()
                                .readTree(line)
                                .path("comment")
                                .asString()))
                .contains(LINE_ENDS + " \u7ea2");
    }

    @Test
    void votes_against_scores_are_left_out_and_counted() throws IOException {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 1, 3);
        var people = fixture.annotators(campaign, 3);
        rate(campaign, people.get(0), 1, 2);
        rate(campaign, people.get(1), 1, 2);
        rate(campaign, people.get(2), 4, 1);

        var export = write(campaign, ExportFormat.EDITREWARD_JSON);

        assertThat(JsonMapper.shared().readTree(export.text())).isEmpty();
        assertThat(export.leftOut()).isEqualTo(1);
    }

    @Test
    void one_task_under_two_ids_makes_one_record_and_shares_its_name() throws IOException {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 2, 1);
        oneTask(campaign);
        var people = fixture.annotators(campaign, 1);
        // the second id has the two edits the other way round, and the same annotator says the contrary of it
        for (var assignment : assignments.claim(people.getFirst(), campaign, 5).assignments()) {
            rate(people.getFirst(), assignment, 4, 1);
        }

        var records = JsonMapper.shared()
                .readTree(write(campaign, ExportFormat.EDITREWARD_JSON).text());
        assertThat(records).hasSize(1);
        assertThat(records.get(0).path("tie_case").asBoolean()).isTrue();
        assertThat(records.get(0).path("choice_dist").path(0).asDouble()).isEqualTo(.5);
        assertThat(write(campaign, ExportFormat.JSONL)
                        .text()
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).path("task").asString())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_task_that_came_in_again_in_another_format_makes_one_record() throws IOException {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 2, 1);
        var items = jdbc.sql("SELECT id FROM item WHERE campaign_id = ? ORDER BY external_id")
                .param(campaign)
                .query(UUID.class)
                .list();
        var files = "SELECT source_sha256 AS file, -1 AS place FROM item WHERE id = ? UNION ALL"
                + " SELECT image_sha256, ordinal FROM candidate WHERE item_id = ?";
        // other files of the same pixels, the two edits the other way round
        jdbc.sql("UPDATE image SET pixels_sha256 = md5(sha256) || md5(sha256) WHERE sha256 IN (SELECT file FROM ("
                        + files + ") f)")
                .params(items.get(0), items.get(0))
                .update();
        jdbc.sql("UPDATE image i SET pixels_sha256 = md5(o.file) || md5(o.file) FROM (" + files + ") f JOIN (" + files
                        + ") o ON o.place = CASE f.place WHEN -1 THEN -1 ELSE 1 - f.place END WHERE i.sha256 = f.file")
                .params(items.get(1), items.get(1), items.get(0), items.get(0))
                .update();
        var people = fixture.annotators(campaign, 1);
        for (var assignment : assignments.claim(people.getFirst(), campaign, 5).assignments()) {
            rate(people.getFirst(), assignment, 4, 1);
        }

        var records = JsonMapper.shared()
                .readTree(write(campaign, ExportFormat.EDITREWARD_JSON).text());
        assertThat(records).hasSize(1);
        assertThat(records.get(0).path("tie_case").asBoolean()).isTrue();
        assertThat(write(campaign, ExportFormat.JSONL)
                        .text()
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).path("task").asString())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void one_task_under_two_ids_is_one_pair_to_replay() throws IOException {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 3, 1);
        oneTask(campaign);
        jdbc.sql("""
                        UPDATE candidate c SET image_sha256 = o.image_sha256 FROM candidate o JOIN item i ON i.id = o.item_id
                        WHERE c.item_id = o.item_id AND i.campaign_id = ? AND i.external_id = 'item-2' AND o.ordinal = 0""").param(campaign).update();
        var person = fixture.annotators(campaign, 1).getFirst();
        for (var assignment : assignments.claim(person, campaign, 5).assignments()) {
            rate(person, assignment, 4, 1);
        }
        jdbc.sql("INSERT INTO candidate_feature (candidate_id, encoder_id, features)"
                        + " SELECT id, 'e', '\\x0000803f' FROM candidate WHERE campaign_id = ?")
                .param(campaign)
                .update();
        var snapshot = snapshots.freeze(campaign);
        var stream = new ByteArrayOutputStream();
        replay.write(streaming, campaign, new ReplayExport.Source(snapshot.id(), snapshot.digest(), "e"), stream);

        var lines = stream.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines.getFirst().path("pairs").asInt()).isEqualTo(1);
        assertThat(lines.getFirst().path("labels").asInt()).isEqualTo(2);
        var pairs = lines.stream()
                .filter(line -> line.path("type").asString().equals("pair"))
                .toList();
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst()
                        .path("labels")
                        .valueStream()
                        .map(label -> label.path("verdict").asString()))
                .containsExactlyInAnyOrder("first", "second");
        var edits = lines.stream()
                .filter(line -> line.path("type").asString().equals("candidate"))
                .filter(line -> !line.path("item").asString().equals("item-2"))
                .toList();
        assertThat(edits)
                .hasSize(2)
                .allMatch(edit -> edit.path("item").equals(edits.getFirst().path("item")));
    }

    private void oneTask(UUID campaign) {
        var items = jdbc.sql("SELECT id FROM item WHERE campaign_id = ? ORDER BY external_id")
                .param(campaign)
                .query(UUID.class)
                .list();
        jdbc.sql("UPDATE item SET source_sha256 = (SELECT source_sha256 FROM item WHERE id = ?) WHERE id = ?")
                .params(items.get(0), items.get(1))
                .update();
        jdbc.sql("""
                        UPDATE candidate c SET image_sha256 = o.image_sha256 FROM candidate o
                        WHERE c.item_id = ? AND o.item_id = ? AND o.ordinal = 1 - c.ordinal""").params(items.get(1), items.get(0)).update();
    }

    /** Plain answers first, so that a reader sees nothing of what comes later. */
    private UUID aCampaignWithEveryKindOfLabel() {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 4, 1);
        var person = fixture.annotators(campaign, 1).getFirst();
        var held = assignments.claim(person, campaign, 4).assignments();
        rate(person, held.get(0), 4, 2);
        rate(person, held.get(1), 4, 2);
        var former =
                labels.submit(person, TestSubmissions.rated(held.get(2), 3, 3)).id();
        var correction = TestSubmissions.correction(held.get(2), former, 1, 4);
        labels.submit(
                person,
                new Submission(
                        correction.id(),
                        correction.assignment(),
                        correction.token(),
                        correction.answers(),
                        null,
                        LINE_ENDS + " \u7ea2",
                        true,
                        2_000,
                        500L,
                        JsonMapper.shared().readTree("{\"modes\": {\"swipe\": 2}}"),
                        correction.supersedes()));
        labels.submit(
                person,
                new Submission(
                        UUID.randomUUID(),
                        held.get(3).id(),
                        held.get(3).token(),
                        null,
                        new Submission.Skip("cannot_judge"),
                        null,
                        false,
                        1_000,
                        null,
                        null,
                        null));
        jdbc.sql("UPDATE item SET category = 'colour' WHERE campaign_id = ? AND external_id = 'item-3'")
                .param(campaign)
                .update();
        jdbc.sql("UPDATE candidate SET seed = 5 WHERE campaign_id = ? AND ordinal = 1 AND path LIKE 'item-3%'")
                .param(campaign)
                .update();
        return campaign;
    }

    private void rate(UUID campaign, SignedIn who, int first, int second) {
        rate(who, assignments.claim(who, campaign, 1).assignments().getFirst(), first, second);
    }

    /** In the stored order, whatever is shown where. */
    private void rate(SignedIn who, AssignmentView assignment, int first, int second) {
        boolean swapped = jdbc.sql("SELECT swapped FROM assignment WHERE id = ?")
                .param(assignment.id())
                .query(Boolean.class)
                .single();
        labels.submit(who, TestSubmissions.rated(assignment, swapped ? second : first, swapped ? first : second));
    }

    private Export write(UUID campaign, ExportFormat format) throws IOException {
        var stream = new ByteArrayOutputStream();
        long leftOut = exports.write(admin, campaign, format, stream);
        return new Export(stream.toString(StandardCharsets.UTF_8), leftOut);
    }

    private record Export(String text, long leftOut) {}
}
