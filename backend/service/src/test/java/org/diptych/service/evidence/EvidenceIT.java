package org.diptych.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.Filter;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.ApiTokenService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.TestManifest;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.image.TestImages;
import org.diptych.service.image.WideColours;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evidence from the import to the annotator's request, through the security filters. */
@ServiceTest
// before others leave candidates without pictures in the shared database: all that is pending is measured
@Order(2)
class EvidenceIT {
    @Value("${diptych.data-dir}")
    private Path data;

    @Autowired
    private AccountService accounts;

    @Autowired
    private ApiTokenService tokens;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EvidenceService evidence;

    private MockMvc http;
    private SignedIn lead;
    private SignedIn annotator;
    private int number;

    @BeforeEach
    void setUp(
            @Autowired WebApplicationContext context,
            @Autowired @Qualifier("springSecurityFilterChain") Filter filter) {
        http = MockMvcBuilders.webAppContextSetup(context).addFilters(filter).build();
        lead = account(Role.LEAD);
        annotator = account(Role.ANNOTATOR);
        number = UUID.randomUUID().hashCode() & 0xff;
        // rows that another test left are not this one's work
        evidence.measurePending(() -> false);
    }

    private SignedIn account(Role role) {
        return accounts.createAccount("u" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private MockHttpServletResponse send(@Nullable SignedIn who, MockHttpServletRequestBuilder request)
            throws Exception {
        if (who != null) {
            request.header(
                    "Authorization", "Bearer " + tokens.create(who, "test").token());
        }
        return http.perform(request).andReturn().getResponse();
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        return JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8));
    }

    /** A campaign of one pair: the first edit keeps to a box, the second tints everything as well. */
    private UUID campaign() throws Exception {
        var photo = TestPictures.tint(TestPictures.photo(640, 480), 0, 0, number % 16);
        var box = TestPictures.box(photo, new Color(220, 30, number), 0.2, 0.3, 0.3, 0.4);
        var manifest = new TestManifest();
        manifest.file("source.png", TestImages.encode(photo, "png"));
        manifest.file("box.png", TestImages.encode(box, "png"));
        manifest.file("tint.png", TestImages.encode(TestPictures.tint(box, 16, 4, -12), "png"));
        manifest.line("""
                {"id": "item", "instruction": "Add a red box.", "source": "source.png", "candidates": \
                [{"model": "careful", "image": "box.png"}, {"model": "careless", "image": "tint.png"}]}""");
        return imported(manifest);
    }

    private UUID imported(TestManifest manifest) throws Exception {
        var report = send(
                lead,
                post("/api/v1/imports")
                        .param("campaign", "campaign " + UUID.randomUUID())
                        .contentType(MediaType.parseMediaType("application/zip"))
                        .content(manifest.zip("")));
        var campaign = UUID.fromString(json(report).get("campaign").asString());
        join(campaign, annotator);
        return campaign;
    }

    private void join(UUID campaign, SignedIn who) {
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                .params(campaign, who.id())
                .update();
    }

    private JsonNode claim(UUID campaign) throws Exception {
        var answer = json(send(
                annotator,
                post("/api/v1/annotate/campaigns/" + campaign + "/claims")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"count\": 1}")));
        assertThat(answer.toString()).doesNotContain("evidence", "leak");
        return answer.at("/assignments/0");
    }

    private static MockHttpServletRequestBuilder ask(JsonNode assignment, String rest) {
        return get("/api/v1/annotate/assignments/" + assignment.get("id").asString() + "/evidence" + rest);
    }

    private void swap(JsonNode assignment, boolean swapped) {
        jdbc.sql("UPDATE assignment SET swapped = ? WHERE id = ?::uuid")
                .params(swapped, assignment.get("id").asString())
                .update();
    }

    private List<String> outcomes(UUID campaign) {
        return jdbc.sql("""
                        SELECT outcome FROM candidate_evidence e JOIN candidate c ON c.id = e.candidate_id
                        WHERE c.campaign_id = ? ORDER BY c.ordinal""").param(campaign).query(String.class).list();
    }

    @Test
    void an_import_queues_its_candidates_and_the_evidence_comes_in_the_sides_that_are_shown() throws Exception {
        var campaign = campaign();
        var assignment = claim(campaign);
        swap(assignment, false);
        assertThat(outcomes(campaign)).containsExactly("PENDING", "PENDING");
        var before = send(annotator, ask(assignment, ""));
        assertThat(before.getStatus()).isEqualTo(200);
        assertThat(before.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(json(before).get("left").toString())
                .isEqualTo("{\"leak\":null,\"strength\":null,\"touched\":null,\"parts\":null,"
                        + "\"reason\":\"pending\",\"overlay\":null}");

        assertThat(evidence.measurePending(() -> false)).isEqualTo(2);

        var shown = json(send(annotator, ask(assignment, "")));
        assertThat(shown.at("/left/leak").asDouble()).isLessThan(0.001);
        assertThat(shown.at("/left/parts").asInt()).isOne();
        assertThat(shown.at("/left/reason").isNull()).isTrue();
        assertThat(shown.at("/right/leak").asDouble()).isGreaterThan(0.8);
        assertThat(shown.at("/right/strength").asDouble()).isGreaterThan(3);
        swap(assignment, true);
        var turned = json(send(annotator, ask(assignment, "")));
        assertThat(turned.at("/right/leak")).isEqualTo(shown.at("/left/leak"));
        assertThat(turned.toString()).doesNotContain("careful", "careless", "box.png");
        assertThat(evidence.measurePending(() -> false)).isZero();
    }

    @Test
    void a_wide_colour_picture_and_the_same_in_srgb_are_no_edit() throws Exception {
        var wide = TestImages.sample("display-p3.png");
        var manifest = new TestManifest();
        manifest.file("source.png", wide);
        manifest.file("same.png", TestImages.encode(WideColours.twin(TestImages.decode(wide)), "png"));
        manifest.file("numbers.png", TestImages.encode(TestImages.decode(wide), "png"));
        manifest.line("""
                {"id": "item", "instruction": "Change nothing.", "source": "source.png", "candidates": \
                [{"model": "careful", "image": "same.png"}, {"model": "careless", "image": "numbers.png"}]}""");

        var campaign = imported(manifest);
        evidence.measurePending(() -> false);

        assertThat(outcomes(campaign)).first().isEqualTo("UNCHANGED");
        assertThat(outcomes(campaign)).last().isNotEqualTo("UNCHANGED");
    }

    @Test
    void the_overlay_is_a_grey_picture_of_the_displayed_side() throws Exception {
        var assignment = claim(campaign());
        evidence.measurePending(() -> false);
        swap(assignment, true);
        var address =
                json(send(annotator, ask(assignment, ""))).at("/left/overlay").asString();

        var overlay = send(annotator, get(address));

        assertThat(overlay.getContentType()).isEqualTo("image/png");
        assertThat(overlay.getHeader("Cache-Control")).isEqualTo("no-cache, private");
        var map = ImageIO.read(new ByteArrayInputStream(overlay.getContentAsByteArray()));
        assertThat(map.getWidth()).isEqualTo(512);
        assertThat(map.getRaster().getSample(180, 190, 0)).isEqualTo(255);
        assertThat(map.getRaster().getSample(480, 20, 0)).isBetween(12, 60);
    }

    @Test
    void only_the_annotator_whose_pair_it_is_gets_it() throws Exception {
        var campaign = campaign();
        var assignment = claim(campaign);
        evidence.measurePending(() -> false);
        var other = account(Role.ANNOTATOR);
        join(campaign, other);

        for (var rest : List.of("", "/left", "/right")) {
            assertThat(send(annotator, ask(assignment, rest)).getStatus()).isEqualTo(200);
            assertThat(send(other, ask(assignment, rest)).getStatus()).isEqualTo(404);
            assertThat(send(lead, ask(assignment, rest)).getStatus()).isEqualTo(404);
            assertThat(send(account(Role.ADMIN), ask(assignment, rest)).getStatus())
                    .isEqualTo(404);
            assertThat(send(null, ask(assignment, rest)).getStatus()).isEqualTo(401);
        }
        jdbc.sql("DELETE FROM campaign_member WHERE campaign_id = ? AND account_id = ?")
                .params(campaign, annotator.id())
                .update();
        assertThat(send(annotator, ask(assignment, "")).getStatus()).isEqualTo(404);
        assertThat(send(annotator, ask(assignment, "/left")).getStatus()).isEqualTo(404);
    }

    @Test
    void a_lost_pair_shows_nothing_and_an_answered_one_does() throws Exception {
        var campaign = campaign();
        var assignment = claim(campaign);
        jdbc.sql("UPDATE assignment SET state = 'LOST' WHERE id = ?::uuid")
                .param(assignment.get("id").asString())
                .update();
        var lost = send(annotator, ask(assignment, ""));
        assertThat(lost.getStatus()).isEqualTo(409);
        assertThat(json(lost).get("code").asString()).isEqualTo("lease_lost");

        jdbc.sql("UPDATE assignment SET state = 'LEASED' WHERE id = ?::uuid")
                .param(assignment.get("id").asString())
                .update();
        var label = """
                {"id": "%s", "assignment": "%s", "token": %d, "skip": {"reason": "picture_broken"},
                 "activeMilliseconds": 5, "attention": {"evidence": {"shown": 1, "milliseconds": 1200}}}""".formatted(
                        UUID.randomUUID(),
                        assignment.get("id").asString(),
                        assignment.get("token").asLong());
        var submitted = send(
                annotator,
                post("/api/v1/annotate/labels")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(label));
        assertThat(submitted.getStatus()).as(submitted.getContentAsString()).isEqualTo(201);
        assertThat(send(annotator, ask(assignment, "")).getStatus()).isEqualTo(200);
        assertThat(jdbc.sql("SELECT attention ->> 'evidence' FROM label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"shown\": 1, \"milliseconds\": 1200}");
    }

    @Test
    void a_picture_that_is_missing_damaged_or_no_picture_stops_nothing_and_has_no_number() throws Exception {
        var missing = campaign();
        var damaged = campaign();
        var foreign = campaign();
        var good = campaign();
        replaceFirstEdit(missing, null);
        replaceFirstEdit(damaged, Arrays.copyOf(TestImages.png(640, 480, number), 300));
        replaceFirstEdit(foreign, "no picture at all".getBytes(StandardCharsets.UTF_8));

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(outcomes(missing)).first().isEqualTo("PENDING");
            evidence.measurePending(() -> false);
            assertThat(outcomes(good)).containsExactly("MEASURED", "MEASURED");
            jdbc.sql("UPDATE candidate_evidence SET not_before = now()").update();
        }

        for (var campaign : List.of(missing, damaged, foreign)) {
            assertThat(outcomes(campaign)).containsExactly("UNREADABLE", "MEASURED");
            var assignment = claim(campaign);
            swap(assignment, false);
            var shown = json(send(annotator, ask(assignment, "")));
            assertThat(shown.at("/left/reason").asString()).isEqualTo("unreadable");
            assertThat(shown.at("/left/leak").isNull()).isTrue();
            assertThat(send(annotator, ask(assignment, "/left")).getStatus()).isEqualTo(404);
        }
    }

    @Test
    void a_candidate_that_brings_the_process_down_is_given_up() throws Exception {
        var campaign = campaign();
        jdbc.sql("""
                        UPDATE candidate_evidence SET attempts = 3 WHERE candidate_id IN
                            (SELECT id FROM candidate WHERE campaign_id = ? AND ordinal = 0)""").param(campaign).update();

        evidence.measurePending(() -> false);

        assertThat(outcomes(campaign)).containsExactly("UNREADABLE", "MEASURED");
    }

    @Test
    void work_stops_when_asked_and_goes_on_later() throws Exception {
        var campaign = campaign();

        assertThat(evidence.measurePending(() -> true)).isZero();
        assertThat(outcomes(campaign)).containsExactly("PENDING", "PENDING");
        assertThat(evidence.measurePending(() -> false)).isEqualTo(2);
    }

    /** Gives the campaign's first candidate a picture whose object is the given bytes, or none. */
    private void replaceFirstEdit(UUID campaign, byte @Nullable [] content) throws Exception {
        var sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 640, 480, 300)")
                .param(sha256)
                .update();
        jdbc.sql("UPDATE candidate SET image_sha256 = ? WHERE campaign_id = ? AND ordinal = 0")
                .params(sha256, campaign)
                .update();
        if (content != null) {
            var file = data.resolve("objects").resolve(ObjectStore.keyOf(sha256));
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }
}
