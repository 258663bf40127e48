package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.database.Streaming;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exports that a worker makes: asked for, written, taken in pieces, stopped, begun again, and gone when their time is over. */
@ServiceTest
@NullUnmarked
class ExportJobsIT {
    private static final int LANE = 0;

    @TempDir
    Path folder;

    @Autowired
    private ExportJobs jobs;

    @Autowired
    private ExportWork work;

    @Autowired
    private ExportQueue queue;

    @Autowired
    private ExportTable table;

    @Autowired
    private ExportPreviews previews;

    @Autowired
    private AccountService accounts;

    @Autowired
    private ObjectStore store;

    @Autowired
    private JdbcClient jdbc;

    private ExportFixture data;
    private HttpFixture http;

    @BeforeEach
    void a_campaign_with_labels(@Autowired WebApplicationContext context) throws IOException {
        jdbc.sql("DELETE FROM dataset_export").update();
        data = new ExportFixture(context, folder);
        http = new HttpFixture(context);
    }

    @Test
    void what_a_worker_writes_is_what_a_direct_export_gives_and_can_be_taken_in_pieces() throws Exception {
        var asked = http.send(
                data.admin,
                post(path("")).contentType(MediaType.APPLICATION_JSON).content("{\"format\": \"jsonl\"}"));
        assertThat(asked.status()).isEqualTo(202);
        var id = asked.json().path("id").asString();
        assertThat(http.send(data.admin, get(path("/" + id + "/file"))).problem())
                .isEqualTo("409 export_unfinished");

        work.writeWaiting(LANE, () -> false);

        var direct = data.text(ExportFormat.JSONL, ExportOptions.of(ExportFormat.JSONL.filter()));
        var made = http.send(data.admin, get(path("/" + id))).json();
        assertThat(made.path("state").asString()).isEqualTo("FINISHED");
        assertThat(made.path("rows").asLong()).isEqualTo(direct.lines().count());
        assertThat(made.path("bytes").asLong()).isEqualTo(direct.getBytes(StandardCharsets.UTF_8).length);
        assertThat(made.path("sha256").asString())
                .isEqualTo(Sha256.hexadecimal(direct.getBytes(StandardCharsets.UTF_8)));
        var whole = http.send(data.admin, get(path("/" + id + "/file")));
        assertThat(whole.body()).isEqualTo(direct);
        assertThat(whole.response().getHeader("Diptych-Sha256"))
                .isEqualTo(made.path("sha256").asString());
        var rest = http.send(data.admin, get(path("/" + id + "/file")).header("Range", "bytes=100-"));
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.response().getContentAsByteArray())
                .isEqualTo(direct.substring(100).getBytes(StandardCharsets.UTF_8));
        assertThat(jdbc.sql("SELECT action FROM audit_event WHERE campaign_id = ? AND action ~ 'export' ORDER BY id")
                        .param(data.campaign)
                        .query(String.class)
                        .list())
                .containsExactly("export.requested", "dataset.exported", "dataset.exported");
    }

    @Test
    void an_export_whose_worker_died_is_begun_again_and_the_dead_one_changes_nothing_any_more() throws Exception {
        var id = ask("jsonl").id();
        var dead = queue.take(LANE).orElseThrow();
        store.put(ExportWork.key(dead.object()), "half of it".getBytes(StandardCharsets.UTF_8));
        assertThat(queue.take(LANE + 1)).isEmpty();

        work.writeWaiting(LANE, () -> false);

        assertThat(state(id)).isEqualTo("FINISHED");
        assertThat(store.find(ExportWork.key(dead.object()))).isEmpty();
        assertThat(queue.progress(dead, 1, null)).isEqualTo(ExportQueue.Word.LOST);
        assertThat(queue.finish(dead, new Written(1, 0), 1, "a".repeat(64), Instant.now()))
                .isFalse();
    }

    @Test
    void what_kills_every_worker_is_given_up_and_says_so() {
        var id = ask("jsonl").id();
        for (int death = 0; death < 3; death++) {
            assertThat(queue.take(LANE)).isPresent();
        }

        assertThat(queue.take(LANE)).isEmpty();
        assertThat(jobs.find(data.admin, data.campaign, id).failureCode()).isEqualTo("worker_died");
    }

    @Test
    void a_worker_that_goes_down_gives_its_export_back_and_one_that_is_not_wanted_stops() {
        var id = ask("parquet").id();
        var taken = queue.take(LANE).orElseThrow();
        var looks = new int[1];
        assertThatThrownBy(() ->
                        Streaming.watched(new ExportWatch(queue, taken, 12L, () -> looks[0]++ > 0)::look, () -> {
                            new ExportWatch(queue, taken, 12L, () -> true);
                            return 0;
                        }))
                .isInstanceOfSatisfying(
                        ExportStopped.class,
                        stopped -> assertThat(stopped.why()).isEqualTo(ExportStopped.Why.SERVER_STOPS));
        queue.giveBack(taken);
        assertThat(state(id)).isEqualTo("QUEUED");

        var again = queue.take(LANE).orElseThrow();
        jobs.cancel(data.admin, data.campaign, id);
        assertThatThrownBy(() -> new ExportWatch(queue, again, null, () -> false))
                .isInstanceOfSatisfying(
                        ExportStopped.class,
                        stopped -> assertThat(stopped.why()).isEqualTo(ExportStopped.Why.CANCELLED));
        assertThat(queue.finish(again, new Written(1, 0), 1, "a".repeat(64), Instant.now()))
                .isFalse();
        queue.cancelled(again);
        assertThat(state(id)).isEqualTo("CANCELLED");
        jobs.delete(data.admin, data.campaign, id);
        assertThat(jobs.list(data.admin, data.campaign, 10)).isEmpty();
    }

    @Test
    void what_cannot_be_made_says_why_on_its_row_and_leaves_no_file() {
        var id = jobs.request(data.admin, data.campaign, wish("parquet", List.of("model=nobody"), null))
                .id();

        work.writeWaiting(LANE, () -> false);

        var failed = jobs.find(data.admin, data.campaign, id);
        assertThat(failed.state()).isEqualTo(DatasetExport.State.FAILED);
        assertThat(failed.failureCode()).isEqualTo("nothing_to_export");
        assertThat(failed.failure()).contains("editing models");
        assertThatThrownBy(() -> jobs.request(data.admin, data.campaign, wish("trl", List.of("stratum=x"), null)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void files_go_when_their_time_is_over_or_too_many_are_kept() {
        var first = ask("jsonl").id();
        work.writeWaiting(LANE, () -> false);
        var second = ask("jsonl").id();
        work.writeWaiting(LANE, () -> false);
        var object = table.object(first).orElseThrow();

        var gone = table.expire(Instant.now(), 1);
        work.deleteExpired();

        assertThat(gone).containsExactly(object);
        assertThat(store.find(ExportWork.key(object))).isEmpty();
        assertThat(state(first)).isEqualTo("EXPIRED");
        assertThat(state(second)).isEqualTo("FINISHED");
        assertThatThrownBy(() -> jobs.take(data.admin, data.campaign, first, false))
                .hasMessageContaining("its time is over");
        jdbc.sql("UPDATE dataset_export SET expires_at = now() WHERE id = ?")
                .param(second)
                .update();
        work.deleteExpired();
        assertThat(state(second)).isEqualTo("EXPIRED");
        var third = ask("jsonl").id();
        work.writeWaiting(LANE, () -> false);
        var its = ExportWork.key(table.object(third).orElseThrow());
        jobs.delete(data.admin, data.campaign, third);
        assertThat(store.find(its)).isEmpty();
    }

    @Test
    void exports_of_others_are_as_if_they_were_not_there() throws Exception {
        var id = ask("jsonl").id();
        var other = accounts.createAccount("l" + UUID.randomUUID(), "Somebody", Role.LEAD, null)
                .account();
        var elsewhere = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);

        for (var path : List.of("", "/" + id, "/" + id + "/file", "/preview")) {
            assertThat(http.send(other, get(path(path))).status()).isIn(403, 404);
        }
        assertThat(http.send(data.admin, get("/api/v1/campaigns/" + elsewhere + "/exports/" + id))
                        .problem())
                .isEqualTo("404 unknown_export");
        assertThat(http.send(data.admin, get(path("/" + UUID.randomUUID()))).problem())
                .isEqualTo("404 unknown_export");
    }

    @Test
    void a_preview_has_the_rows_and_the_counts_of_the_export_itself() {
        var all = previews.look(data.campaign, wish("jsonl", List.of(), null), 100);
        assertThat(all.rows())
                .hasSize(10)
                .isEqualTo(data.lines(ExportFormat.JSONL, ExportOptions.of(LabelFilter.EVERYTHING))
                        .subList(0, 10));
        assertThat(List.of(all.labels(), all.tasks(), all.written())).containsExactly(12L, 6L, 12L);

        var parts = previews.look(data.campaign, wish("parquet", List.of(), "50/25/25"), 100);
        assertThat(parts.rows()).hasSize(6).allSatisfy(row -> {
            assertThat(row.path("instruction").asString()).isEqualTo(ExportFixture.INSTRUCTION);
            assertThat(row.path("source").path("path").asString()).endsWith(".png");
        });
        assertThat(parts.parts().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(6);
        assertThat(parts.sharedSources()).isZero();
        assertThat(parts.estimated()).isFalse();

        for (var format : ExportFormat.values()) {
            if (format != ExportFormat.REPLAY) {
                assertThat(previews.look(data.campaign, wish(format.word(), List.of("simulated=include"), null), 100)
                                .rows())
                        .as(format.word())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void a_preview_of_a_sample_says_that_it_estimates() {
        var sampled = previews.look(data.campaign, wish("parquet", List.of(), null), 99.9);

        assertThat(sampled.estimated()).isTrue();
        assertThat(sampled.tasks()).isBetween(0L, 6L);
    }

    @Test
    void a_preview_names_why_tasks_have_no_row() {
        data.decide("""
                {"instruction_following": {"first": 2, "second": 2}, "visual_quality": {"first": 3, "second": 3}}""", "tie");

        var preview = previews.look(data.campaign, wish("trl", List.of(), null), 100);

        // one by the verdict; of one more the votes are equal
        assertThat(preview.leftOut()).containsOnlyKeys(ExportPreview.Reason.NOBODY_WON);
        assertThat(preview.undecided()).isEqualTo(preview.leftOut().get(ExportPreview.Reason.NOBODY_WON));
        assertThat(preview.written()).isEqualTo(2 * (6 - preview.undecided()));
    }

    @Test
    void plain_files_come_in_parts_that_share_no_source_and_hold_every_row_once() throws IOException {
        var whole = new HashSet<>(data.lines(ExportFormat.JSONL, ExportOptions.of(LabelFilter.EVERYTHING)));
        var options = wish("jsonl", List.of(), "50/25/25").options();

        var names = data.export(ExportFormat.JSONL, options);

        assertThat(names)
                .containsExactly(
                        "labels-train.jsonl",
                        "labels-validation.jsonl",
                        "labels-test.jsonl",
                        "labels.schema.json",
                        "split.json");
        var parts = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("split.json")))
                .path("parts");
        var sources = new HashSet<String>();
        var seen = new HashSet<JsonNode>();
        for (var part : parts) {
            var own = new HashSet<String>();
            var text = Files.readString(folder.resolve(part.path("file").asString()));
            text.lines().map(JsonMapper.shared()::readTree).forEach(row -> {
                own.add(row.path("source").asString());
                assertThat(seen.add(row)).isTrue();
            });
            assertThat(part.path("rows").asLong()).isEqualTo(text.lines().count());
            assertThat(part.path("sha256").asString())
                    .isEqualTo(Sha256.hexadecimal(text.getBytes(StandardCharsets.UTF_8)));
            own.forEach(source -> assertThat(sources.add(source)).isTrue());
        }
        assertThat(seen).isEqualTo(whole);

        assertThat(data.export(
                        ExportFormat.EDITREWARD_JSON,
                        wish("editreward-json", List.of(), "50/25/25").options()))
                .containsExactly(
                        "editreward-train.json", "editreward-validation.json", "editreward-test.json", "split.json");
        assertThat(Map.of("rows", 6L))
                .containsEntry(
                        "rows",
                        JsonMapper.shared()
                                .readTree(Files.readString(folder.resolve("split.json")))
                                .path("parts")
                                .valueStream()
                                .mapToLong(part -> part.path("rows").asLong())
                                .sum());
    }

    private DatasetExport ask(String format) {
        return jobs.request(data.admin, data.campaign, wish(format, List.of(), null));
    }

    private static ExportWish wish(String format, List<String> filter, String split) {
        return new ExportWish(format, filter, split, null, null, null, null);
    }

    private String state(UUID id) {
        return jobs.find(data.admin, data.campaign, id).state().name();
    }

    private String path(String more) {
        return "/api/v1/campaigns/" + data.campaign + "/exports" + more;
    }
}
