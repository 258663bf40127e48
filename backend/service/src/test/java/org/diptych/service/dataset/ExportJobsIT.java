package org.diptych.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
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
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void whoever_is_given_bytes_of_a_file_stands_in_the_audit_log_and_nobody_else() throws Exception {
        var id = ask("jsonl").id();
        work.writeWaiting(LANE, () -> false);
        var file = "/" + id + "/file";
        var whole = http.send(data.admin, get(path(file)));
        var bytes = whole.response().getContentAsByteArray();
        var tag = whole.response().getHeader("ETag");
        assertThat(whole.response().getHeaders("ETag")).containsExactly("\"" + Sha256.hexadecimal(bytes) + "\"");
        assertThat(whole.response().getHeader("Accept-Ranges")).isEqualTo("bytes");
        long entries = taken();

        for (var range : Map.of(
                        "bytes=100-", new int[] {100, bytes.length},
                        "bytes=1-", new int[] {1, bytes.length},
                        "bytes=0-9", new int[] {0, 10},
                        "bytes=-20", new int[] {bytes.length - 20, bytes.length},
                        "bytes=-9999999", new int[] {0, bytes.length},
                        "BYTES=5-9999999", new int[] {5, bytes.length})
                .entrySet()) {
            var part = http.send(data.admin, get(path(file)).header("Range", range.getKey()));
            assertThat(part.status()).as(range.getKey()).isEqualTo(206);
            int from = range.getValue()[0];
            int to = range.getValue()[1];
            assertThat(part.response().getContentAsByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
            assertThat(part.response().getHeader("Content-Range"))
                    .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + bytes.length);
            assertThat(part.response().getHeader("Content-Length")).isEqualTo(String.valueOf(to - from));
            assertThat(taken()).as(range.getKey()).isEqualTo(++entries);
        }
        for (var range : List.of("bytes=abc", "items=0-1", "bytes=1-1,0-", "bytes=9-3", "bytes=-")) {
            var all = http.send(data.admin, get(path(file)).header("Range", range));
            assertThat(all.status()).as(range).isEqualTo(200);
            assertThat(all.response().getContentAsByteArray()).isEqualTo(bytes);
            assertThat(taken()).as(range).isEqualTo(++entries);
        }
        var other = http.send(
                data.admin, get(path(file)).header("Range", "bytes=5-").header("If-Range", "\"other\""));
        assertThat(other.response().getContentAsByteArray()).isEqualTo(bytes);
        assertThat(taken()).isEqualTo(++entries);
        var same = http.send(
                data.admin, get(path(file)).header("Range", "bytes=5-").header("If-Range", tag));
        assertThat(same.status()).isEqualTo(206);
        assertThat(taken()).isEqualTo(++entries);

        for (var range : List.of("bytes=" + bytes.length + "-", "bytes=-0")) {
            var beyond = http.send(data.admin, get(path(file)).header("Range", range));
            assertThat(beyond.status()).as(range).isEqualTo(416);
            assertThat(beyond.response().getContentAsByteArray()).isEmpty();
            assertThat(beyond.response().getHeader("Content-Range")).isEqualTo("bytes */" + bytes.length);
        }
        assertThat(http.send(data.admin, get(path(file)).header("If-None-Match", tag))
                        .status())
                .isEqualTo(304);
        var head = http.send(data.admin, head(path(file)));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().getContentAsByteArray()).isEmpty();
        assertThat(head.response().getHeader("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        store.delete(ExportWork.key(table.object(id).orElseThrow()));
        assertThat(http.send(data.admin, get(path(file))).problem()).isEqualTo("409 export_missing");
        assertThat(taken()).isEqualTo(entries);
    }

    /** How many times somebody was given a file of the campaign. */
    private long taken() {
        return jdbc.sql("SELECT count(*) FROM audit_event WHERE campaign_id = ? AND action = 'dataset.exported'"
                        + " AND subject IS NOT NULL")
                .param(data.campaign)
                .query(Long.class)
                .single();
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
        assertThatThrownBy(() -> jobs.finished(data.admin, data.campaign, first))
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
        var all = previews.look(data.campaign, wish("jsonl", List.of(), null), null);
        assertThat(all.rows())
                .hasSize(10)
                .isEqualTo(data.lines(ExportFormat.JSONL, ExportOptions.of(LabelFilter.EVERYTHING))
                        .subList(0, 10));
        assertThat(List.of(all.labels(), all.tasks(), all.written())).containsExactly(12L, 6L, 12L);

        var parts = previews.look(data.campaign, wish("parquet", List.of(), "50/25/25"), null);
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
                assertThat(previews.look(data.campaign, wish(format.word(), List.of("simulated=include"), null), null)
                                .rows())
                        .as(format.word())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void a_preview_of_a_sample_is_of_the_campaigns_own_pairs_and_says_that_it_estimates() {
        var wish = wish("jsonl", List.of(), null);
        var all = data.lines(ExportFormat.JSONL, ExportOptions.of(LabelFilter.EVERYTHING));
        for (boolean pages : new boolean[] {true, false}) {
            var nearlyAll = previews.look(data.campaign, wish, new PairSample(data.campaign, 99.9999, pages));
            assertThat(nearlyAll.estimated()).isTrue();
            assertThat(nearlyAll.tasks()).isEqualTo(6);
            assertThat(nearlyAll.written()).isEqualTo(12);
            var none = previews.look(data.campaign, wish, new PairSample(data.campaign, 0.0001, pages));
            assertThat(none.tasks()).isZero();
        }
        var some = previews.look(data.campaign, wish, new PairSample(data.campaign, 50, false));
        assertThat(all).containsAll(some.rows());
        assertThat(some.tasks())
                .isEqualTo(2
                        * all.stream()
                                .filter(some.rows()::contains)
                                .map(row -> row.path("task").asString())
                                .distinct()
                                .count());
    }

    @Test
    void a_preview_for_which_nobody_waits_ends() {
        assertThatThrownBy(() -> previews.of(data.admin, data.campaign, wish("trl", List.of(), null), () -> false))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void a_database_that_was_away_is_no_death_of_a_worker() {
        var id = ask("jsonl").id();
        var stops = new int[1];
        jdbc.sql("UPDATE dataset_export SET deaths = 2 WHERE id = ?").param(id).update();

        work.writeWaiting(LANE, () -> {
            if (stops[0]++ == 1) {
                throw new UncheckedIOException(new IOException(new SQLException("the connection broke", "08006")));
            }
            return false;
        });

        assertThat(state(id)).isEqualTo("FINISHED");
    }

    @Test
    void a_failure_of_a_worker_that_stops_gives_the_export_back() {
        var id = ask("jsonl").id();
        var looks = new int[1];

        work.writeWaiting(LANE, () -> {
            if (looks[0]++ == 1) {
                throw new UncheckedIOException(new ClosedByInterruptException());
            }
            return looks[0] > 1;
        });

        assertThat(state(id)).isEqualTo("QUEUED");
    }

    @Test
    void to_cancel_twice_is_written_down_once() throws Exception {
        var id = ask("jsonl").id();
        assertThat(queue.take(LANE)).isPresent();

        for (int time = 0; time < 2; time++) {
            assertThat(http.send(data.admin, post(path("/" + id + "/cancellation")))
                            .status())
                    .isEqualTo(202);
        }

        assertThat(jdbc.sql("SELECT count(*) FROM audit_event WHERE campaign_id = ? AND action = 'export.cancelled'")
                        .param(data.campaign)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_preview_names_why_tasks_have_no_row() {
        data.decide("""
                {"instruction_following": {"first": 2, "second": 2}, "visual_quality": {"first": 3, "second": 3}}""", "tie");

        var preview = previews.look(data.campaign, wish("trl", List.of(), null), null);

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
