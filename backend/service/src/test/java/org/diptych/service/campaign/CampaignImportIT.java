package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.TestImages;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class CampaignImportIT {
    @Autowired
    private CampaignImport imports;

    @Autowired
    private CampaignService campaigns;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    @Value("${diptych.data-dir}")
    private Path dataFolder;

    @TempDir
    private Path folder;

    private SignedIn lead;
    private String name;

    @BeforeEach
    void newLead() {
        name = "campaign " + UUID.randomUUID();
        lead = account(Role.LEAD);
    }

    private SignedIn account(Role role) {
        return accounts.createAccount("u" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private ImportReport run(TestManifest manifest) throws Exception {
        return run(manifest, ImportRequest.into(name));
    }

    private ImportReport run(TestManifest manifest, ImportRequest request) throws Exception {
        return imports.importArchive(lead, request, new ByteArrayInputStream(manifest.zip("")));
    }

    private ImportRequest request(boolean dryRun, boolean strict) {
        return new ImportRequest(name, null, null, dryRun, strict);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private long countIn(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table + " t JOIN campaign c ON c.id = t.campaign_id WHERE c.name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private List<Path> storedObjects() throws Exception {
        try (var files = Files.walk(dataFolder.resolve("objects"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void assertThatStagingIsEmpty() throws Exception {
        try (var files = Files.list(dataFolder.resolve("staging"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void the_demo_campaigns_are_imported_whole() throws Exception {
        var demo = Path.of("../../src/main/resources/demo");

        var report = imports.importFolder(lead, ImportRequest.into(name), demo.resolve("procedural-edits"));

        assertThat(report.problems()).isEmpty();
        assertThat(report).extracting("items", "candidates", "pairs").containsExactly(40L, 200L, 400L);
        var overview = campaigns.overview(lead, name);
        assertThat(overview.id()).isEqualTo(report.campaign());
        assertThat(overview.pairs()).isEqualTo(400);
        var uniform = countIn("(SELECT * FROM pair WHERE stratum = 'UNIFORM')");
        assertThat(uniform).isBetween(20L, 65L);
        assertThat(overview.slots().open()).isEqualTo(400 + 2 * uniform);
        assertThat(campaigns.members(lead, overview.id()))
                .extracting(CampaignMember::account, CampaignMember::role)
                .containsExactly(tuple(lead.id(), MemberRole.LEAD));

        name = name + " real";
        var real = imports.importFolder(lead, ImportRequest.into(name), demo.resolve("real-campaign/manifest.jsonl"));
        assertThat(real.problems()).isEmpty();
        assertThat(real).extracting("items", "candidates", "pairs").containsExactly(10L, 30L, 30L);
        assertThat(jdbc.sql("SELECT metadata ->> 'real_model_output' FROM candidate WHERE campaign_id = ? LIMIT 1")
                        .param(real.campaign())
                        .query(String.class)
                        .single())
                .isIn("true", "false");
        assertThatStagingIsEmpty();
    }

    @Test
    void importing_twice_changes_nothing() throws Exception {
        var manifest = new TestManifest().item("a", 3).item("b", 2);
        run(manifest);
        var objects = storedObjects();
        var slots = countIn("slot");

        var again = run(manifest);

        assertThat(again).extracting("items", "pairs", "unchanged", "rejected").containsExactly(0L, 0L, 2L, 0L);
        assertThat(again.refused()).isFalse();
        assertThat(countIn("slot")).isEqualTo(slots);
        assertThat(storedObjects()).hasSameElementsAs(objects);
    }

    @Test
    void the_order_of_keys_does_not_matter_and_content_does() throws Exception {
        var manifest = new TestManifest();
        var a = manifest.file("a.png", TestImages.png(20, 20, 1));
        var b = manifest.file("b.png", TestImages.png(20, 20, 2));
        var candidates = "[{\"model\": \"x\", \"image\": \"" + a + "\"}, {\"image\": \"" + b + "\", \"model\": \"y\"}]";
        manifest.line(
                "{\"id\": \"1\", \"instruction\": \"Red.\", \"source\": \"a.png\", \"note\": {\"p\": 1, \"q\": 2},"
                        + " \"candidates\": " + candidates + "}");
        run(manifest);

        var reordered = new TestManifest();
        reordered.file("a.png", TestImages.png(20, 20, 1));
        reordered.file("b.png", TestImages.png(20, 20, 2));
        reordered.line("{\"candidates\": " + candidates + ", \"note\": {\"q\": 2, \"p\": 1}, \"source\": \"./a.png\","
                + " \"instruction\": \"Red.\", \"id\": \"1\"}");
        assertThat(run(reordered).unchanged()).isOne();

        var changed = new TestManifest().item("new", 2);
        changed.file("a.png", TestImages.png(20, 20, 1));
        changed.file("b.png", TestImages.png(20, 20, 3));
        changed.line("{\"id\": \"1\", \"instruction\": \"Red.\", \"source\": \"a.png\", \"note\": {\"p\": 1, \"q\": 2},"
                + " \"candidates\": " + candidates + "}");
        var report = run(changed);
        assertThat(report).extracting("items", "unchanged", "rejected").containsExactly(1L, 0L, 1L);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.field()).isEqualTo("id");
            assertThat(problem.message()).contains("other content");
        });
    }

    @Test
    void every_bad_row_is_reported_with_line_and_field_and_no_good_row_is_lost() throws Exception {
        var jpeg = TestImages.jpeg(60, 40, 5);
        var png = TestImages.png(60, 40, 5);
        var manifest = new TestManifest()
                .item("good-1", 2)
                .line("{\"id\": \"x\", \"instruction\": ")
                .line("[1, 2]")
                .line("{\"id\": \"\", \"instruction\": 7, \"candidates\": []}")
                .itemNaming("missing", "images/nowhere.png")
                .itemNaming("escape", "../outside.png")
                .itemNaming("absolute", "/etc/passwd")
                .itemWith("wrong-name", "images/really-a-jpeg.png", jpeg)
                .itemWith("truncated-jpeg", "images/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2))
                .itemWith("truncated-png", "images/cut.png", Arrays.copyOf(png, png.length - 20))
                .itemWith("text", "images/text.webp", "not a picture".getBytes("UTF-8"))
                .itemWith("gif", "images/moving.gif", TestImages.encode(TestImages.quarters(8, 8), "gif"))
                .itemWith("huge", "images/huge.png", pngHeader(60_000, 60_000))
                .item("good-1", 2)
                .line("{\"id\": \"one\", \"instruction\": \"i\", \"source\": \"images/source.png\","
                        + " \"candidates\": [{\"model\": \"a\", \"image\": \"images/source.png\"}]}")
                .line("{\"id\": \"seed\", \"instruction\": \"i\", \"source\": \"images/source.png\", \"candidates\":"
                        + " [{\"model\": \"a\", \"image\": \"images/source.png\", \"seed\": 1.5}, 3]}")
                .line("{\"id\": \"nul\\u0000\", \"instruction\": \"i\", \"source\": \"images/source.png\","
                        + " \"note\": \"\\ud800\", \"candidates\": [{}, {}]}")
                .line("")
                .item("good-2", 3);

        var report = run(manifest);

        assertThat(report.problems())
                .extracting(ImportProblem::line, ImportProblem::field)
                .containsExactly(
                        tuple(2, ""),
                        tuple(3, ""),
                        tuple(4, "id"),
                        tuple(4, "instruction"),
                        tuple(4, "source"),
                        tuple(4, "candidates"),
                        tuple(5, "candidates[1].image"),
                        tuple(6, "candidates[1].image"),
                        tuple(7, "candidates[1].image"),
                        tuple(8, "candidates[1].image"),
                        tuple(9, "candidates[1].image"),
                        tuple(10, "candidates[1].image"),
                        tuple(11, "candidates[1].image"),
                        tuple(12, "candidates[1].image"),
                        tuple(13, "candidates[1].image"),
                        tuple(14, "id"),
                        tuple(15, "candidates"),
                        tuple(16, "candidates[0].seed"),
                        tuple(16, "candidates[1]"),
                        tuple(17, "id"),
                        tuple(17, "candidates[0].model"),
                        tuple(17, "candidates[0].image"),
                        tuple(17, "candidates[1].model"),
                        tuple(17, "candidates[1].image"),
                        tuple(17, "note"));
        assertThat(message(report, 5)).contains("no file images/nowhere.png");
        assertThat(message(report, 8)).contains("says PNG").contains("content is JPEG");
        assertThat(message(report, 9)).contains("images/cut.jpg").contains("truncated");
        assertThat(message(report, 10)).contains("truncated");
        assertThat(message(report, 11)).contains("not a JPEG, PNG or WebP");
        assertThat(message(report, 13)).contains("60000 x 60000 pixels");
        assertThat(message(report, 14)).contains("line 1");
        assertThat(report).extracting("items", "rejected", "unchanged").containsExactly(2L, 16L, 0L);
        assertThat(countIn("item")).isEqualTo(2);
        assertThat(countIn("pair")).isEqualTo(4);
        assertThatStagingIsEmpty();
    }

    @Test
    void pictures_of_rejected_rows_are_not_kept() throws Exception {
        var kept = storedObjects();
        var manifest = new TestManifest().itemNaming("missing", "images/nowhere.png");
        manifest.file("images/source.png", TestImages.png(91, 17, 4242));

        assertThat(run(manifest).refused()).isTrue();

        assertThat(storedObjects()).hasSameElementsAs(kept);
        assertThat(countIn("campaign_member")).isZero();
    }

    @Test
    void a_strict_import_is_all_or_nothing() throws Exception {
        var objects = storedObjects();
        var manifest = new TestManifest();
        IntStream.range(0, 120).forEach(i -> manifest.item("strict-" + i, 2));
        manifest.itemNaming("missing", "images/nowhere.png");
        IntStream.range(120, 125).forEach(i -> manifest.item("strict-" + i, 2));

        var refused = run(manifest, request(false, true));

        assertThat(refused.refused()).isTrue();
        assertThat(refused.campaign()).isNull();
        assertThat(refused).extracting("items", "rejected").containsExactly(0L, 1L);
        assertThat(jdbc.sql("SELECT count(*) FROM campaign WHERE name = ?")
                        .param(name)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(storedObjects()).hasSameElementsAs(objects);
        assertThatStagingIsEmpty();

        manifest.file("images/nowhere.png", TestImages.png(33, 33, 9));
        var accepted = run(manifest, request(false, true));
        assertThat(accepted).extracting("items", "rejected").containsExactly(126L, 0L);
        assertThat(countIn("item")).isEqualTo(126);
        assertThat(campaigns.overview(lead, name).id()).isEqualTo(accepted.campaign());
        assertThatStagingIsEmpty();
    }

    @Test
    void a_dry_run_reports_and_changes_nothing() throws Exception {
        var objects = storedObjects();
        var images = count("SELECT count(*) FROM image");
        var manifest = new TestManifest().item("dry-1", 3).itemNaming("missing", "images/nowhere.png");

        var report = run(manifest, request(true, false));

        assertThat(report)
                .extracting("dryRun", "items", "candidates", "pairs", "rejected")
                .containsExactly(true, 1L, 3L, 3L, 1L);
        assertThat(report.campaign()).isNull();
        assertThat(storedObjects()).hasSameElementsAs(objects);
        assertThat(count("SELECT count(*) FROM image")).isEqualTo(images);
        assertThatStagingIsEmpty();

        assertThat(run(manifest, request(true, true)).refused()).isTrue();

        run(manifest);
        assertThat(run(manifest.item("dry-2", 2), request(true, false)))
                .extracting("items", "unchanged", "rejected")
                .containsExactly(1L, 1L, 1L);
        assertThat(countIn("item")).isOne();
    }

    @Test
    void later_imports_add_items() throws Exception {
        run(new TestManifest().item("a", 2));

        var report = run(new TestManifest().item("b", 2));

        assertThat(report.items()).isOne();
        assertThat(countIn("item")).isEqualTo(2);
        assertThat(countIn("pair")).isEqualTo(2);
    }

    @Test
    void labels_per_pair_make_as_many_slots_for_every_pair() throws Exception {
        var manifest = new TestManifest().item("a", 4).item("b", 2);

        run(manifest, new ImportRequest(name, null, 5, false, false));

        assertThat(countIn("slot")).isEqualTo(7 * 5);
        assertThat(campaigns.settings(lead, campaigns.overview(lead, name).id()))
                .isEqualTo(CampaignSettings.DEFAULT.withLabelsPerPair(5));
        assertThatThrownBy(() -> run(manifest, new ImportRequest(name, null, 2, false, false)))
                .isInstanceOf(Problem.class)
                .extracting("code")
                .isEqualTo("labels_per_pair_differs");
        assertThatThrownBy(() -> run(manifest, new ImportRequest(name + " 2", null, 0, false, false)))
                .extracting("code")
                .isEqualTo("invalid_settings");
    }

    @Test
    void protocols_must_be_published_and_stay() throws Exception {
        var manifest = new TestManifest().item("a", 2);

        assertThatThrownBy(() -> run(manifest, new ImportRequest(name, "no-such-protocol-v9", null, false, false)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no-such-protocol-v9")
                .extracting("code")
                .isEqualTo("unknown_protocol");

        run(manifest, new ImportRequest(name, "edit-comparison-v1", null, false, false));
        assertThat(campaigns.overview(lead, name).protocol().reference()).isEqualTo("edit-comparison-v1");
        assertThat(run(manifest).unchanged()).isOne();
        assertThatThrownBy(() -> run(manifest, new ImportRequest(name, "edit-preference-v1", null, false, false)))
                .extracting("code")
                .isEqualTo("protocol_differs");
    }

    @Test
    void only_leads_import() throws Exception {
        var manifest = new TestManifest().item("a", 2);
        run(manifest);
        var owner = lead;

        lead = account(Role.LEAD);
        assertThatThrownBy(() -> run(manifest)).extracting("code").isEqualTo("name_taken");
        lead = account(Role.ANNOTATOR);
        assertThatThrownBy(() -> run(manifest)).extracting("code").isEqualTo("not_a_lead");
        assertThatThrownBy(() -> run(manifest, ImportRequest.into("other " + name)))
                .extracting("code")
                .isEqualTo("not_a_lead");
        lead = account(Role.ADMIN);
        assertThat(run(manifest).unchanged()).isOne();

        lead = owner;
        campaigns.enter(lead, campaigns.overview(lead, name).id(), CampaignState.CLOSED);
        assertThatThrownBy(() -> run(manifest)).extracting("code").isEqualTo("campaign_closed");
    }

    @Test
    void imports_of_the_same_manifest_at_the_same_time_add_it_once() throws Exception {
        run(new TestManifest().item("first", 2));
        var manifest = new TestManifest();
        IntStream.range(0, 150).forEach(i -> manifest.item("item-" + i, 2));
        var archive = manifest.zip("");

        try (var threads = Executors.newFixedThreadPool(3)) {
            var reports = IntStream.range(0, 3)
                    .mapToObj(i -> threads.submit(() ->
                            imports.importArchive(lead, ImportRequest.into(name), new ByteArrayInputStream(archive))))
                    .toList();
            var added = 0L;
            for (var report : reports) {
                assertThat(report.get().rejected()).isZero();
                assertThat(report.get().items() + report.get().unchanged()).isEqualTo(150);
                added += report.get().items();
            }
            assertThat(added).isEqualTo(150);
        }
        assertThat(countIn("item")).isEqualTo(151);
        assertThat(countIn("pair")).isEqualTo(151);
    }

    @Test
    void a_campaign_that_two_people_create_at_the_same_time_is_one() throws Exception {
        var archive = new TestManifest().item("a", 2).zip("");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var results = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        try {
                            return imports.importArchive(
                                            lead, ImportRequest.into(name), new ByteArrayInputStream(archive))
                                    .problems()
                                    .toString();
                        } catch (Problem e) {
                            return e.code();
                        }
                    }))
                    .toList();
            for (var result : results) {
                assertThat(result.get()).isIn("[]", "name_taken");
            }
        }
        assertThat(countIn("item")).isOne();
        assertThat(countIn("pair")).isOne();
    }

    @Test
    void a_link_that_leaves_the_folder_is_not_followed() throws Exception {
        var secret = Files.write(folder.resolve("secret.png"), TestImages.png(10, 10, 1));
        var manifest = new TestManifest().itemNaming("link", "images/link.png").folder(folder.resolve("campaign"));
        Files.createSymbolicLink(manifest.resolve("images/link.png"), secret);

        var report = imports.importFolder(lead, ImportRequest.into(name), manifest);

        assertThat(message(report, 1)).contains("leaves the manifest's folder");
    }

    @Test
    void a_report_lists_the_first_thousand_problems_and_counts_all() throws Exception {
        var manifest = new TestManifest();
        IntStream.range(0, 1500).forEach(i -> manifest.line("{\"id\": 1}"));

        var report = run(manifest);

        assertThat(report.rejected()).isEqualTo(1500);
        assertThat(report.problems()).hasSize(1000);
    }

    @Test
    void an_empty_manifest_is_refused() throws Exception {
        var report = run(new TestManifest());

        assertThat(report.refused()).isTrue();
        assertThat(message(report, 1)).contains("empty");
    }

    private static @Nullable String message(ImportReport report, int line) {
        return report.problems().stream()
                .filter(problem -> problem.line() == line)
                .map(ImportProblem::message)
                .findFirst()
                .orElse(null);
    }

    private static byte[] pngHeader(int width, int height) {
        var file = ByteBuffer.wrap(TestImages.png(8, 8, 0));
        file.putInt(16, width).putInt(20, height);
        var checksum = new CRC32();
        checksum.update(file.array(), 12, 17);
        return file.putInt(29, (int) checksum.getValue()).array();
    }
}
