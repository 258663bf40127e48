package org.diptych.service.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.campaign.TestManifest;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.download.CsvRow;
import org.diptych.service.foreign.TestForeignFiles;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.protocol.ProtocolVersions;
import org.diptych.service.qualification.ExampleAnswers;
import org.diptych.service.qualification.GuidelineConfirmations;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.NewModelVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No action of a lead or an administrator, and no sign-in, without its entry in the audit log. */
@ServiceTest
@TestPropertySource(properties = {"diptych.mail.host=localhost", "diptych.webhooks.hosts=*.example.org"})
class AuditIT {
    /** What people do with their own work and settings; the door of sign-ins, which has a test of its own. */
    private static final List<String> OWN = List.of(
            "/api/v1/annotate",
            "/api/v1/session",
            "/api/v1/tokens",
            "/api/v1/password",
            // a question that comes with a file
            "/api/v1/imports/foreign/mapping");
    /** What a lead prepares is their own until it is launched; its entries are held by {@code CampaignDraftIT}. */
    private static final String DRAFTS = "/api/v1/campaigns/drafts";
    /** Questions that a worker answers; nothing of the campaign changes. */
    private static final List<String> QUESTIONS =
            List.of("/api/v1/campaigns/{campaign}/queue/previews", "/api/v1/campaigns/{campaign}/models/comparisons");

    @Autowired
    private AccountService accounts;

    @Autowired
    private CampaignService campaigns;

    @Autowired
    private CampaignImport imports;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private ProtocolService protocols;

    @Autowired
    private GuidelineConfirmations confirmations;

    @Autowired
    private ExampleAnswers examples;

    @Autowired
    private ModelVersionService models;

    @Autowired
    private SnapshotService snapshots;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private HttpFixture http;
    private SignedIn admin;
    private SignedIn annotator;
    private UUID campaign;
    private UUID pair;
    /** A pair that waits for its first answer, and that models may choose. */
    private @Nullable UUID waiting;

    @BeforeEach
    void a_campaign(@Autowired WebApplicationContext context) throws Exception {
        http = new HttpFixture(context);
        admin = person(Role.ADMIN);
        annotator = person(Role.ANNOTATOR);
        campaign = new QualificationFixture(jdbc, accounts, imports).campaign(2, 4, 1);
        pair = jdbc.sql("""
            SELECT k.pair_id FROM current_known_answer k WHERE k.campaign_id = ? AND k.use = 'GOLD'\
            """).param(campaign).query(UUID.class).single();
    }

    private SignedIn person(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    private String in(String path) {
        return "/api/v1/campaigns/" + campaign + path;
    }

    private interface Scenario {
        MockHttpServletRequestBuilder request() throws Exception;
    }

    private record Expected(String action, Scenario scenario) {}

    /** An example of every mapped request that changes something, in an order in which each finds what it needs. */
    private Map<String, Expected> scenarios() {
        var all = new LinkedHashMap<String, Expected>();
        all.put(
                "POST /api/v1/campaigns/{campaign}/adjudications/{pair}/opinions",
                new Expected("opinion.requested", () -> post(in("/adjudications/" + answered() + "/opinions"))));
        all.put("POST /api/v1/campaigns/{campaign}/adjudications/{pair}", new Expected("pair.adjudicated", () -> {
            var decided = answered();
            var protocol = http.send(admin, get(in("/adjudications/" + decided)))
                    .json()
                    .path("protocolSha256")
                    .asString();
            return json(post(in("/adjudications/" + decided)), """
                {"protocolSha256": "%s", "answers": {"instruction_following": {"left": 2, "right": 4},
                 "visual_quality": {"left": 3, "right": 3}}, "reason": "Looked closely."}\
                """.formatted(protocol));
        }));
        all.put("POST /api/v1/campaigns/{campaign}/objections/{objection}", new Expected("objection.accepted", () -> {
            var objection = jdbc.sql("""
                INSERT INTO objection (adjudication_id, label_id, campaign_id, pair_id, annotator_id, words)
                SELECT v.id, l.id, v.campaign_id, v.pair_id, l.annotator_id, 'No.' FROM adjudication v
                JOIN label l ON l.pair_id = v.pair_id WHERE v.campaign_id = ? LIMIT 1 RETURNING id\
                """).param(campaign).query(UUID.class).single();
            return json(post(in("/objections/" + objection)), "{\"accepted\": true}");
        }));
        all.put(
                "POST /api/v1/accounts",
                new Expected(
                        "account.created",
                        () -> json(
                                post("/api/v1/accounts"),
                                "{\"name\": \"n%s\", \"role\": \"LEAD\"}".formatted(UUID.randomUUID()))));
        all.put(
                "POST /api/v1/accounts/{name}/password",
                new Expected("password.reset", () -> post("/api/v1/accounts/" + annotator.name() + "/password")));
        all.put(
                "POST /api/v1/accounts/{name}/sign-out",
                new Expected("account.signed_out", () -> post("/api/v1/accounts/" + annotator.name() + "/sign-out")));
        all.put(
                "PUT /api/v1/accounts/{name}/state",
                new Expected(
                        "account.disabled",
                        () -> json(
                                put("/api/v1/accounts/" + annotator.name() + "/state"), "{\"state\": \"DISABLED\"}")));
        all.put(
                "POST /api/v1/protocols",
                new Expected(
                        "protocol.published",
                        () -> post("/api/v1/protocols")
                                .content(ProtocolVersions.of(1, "id: edit-preference", "id: mine")
                                        .getBytes(StandardCharsets.UTF_8))));
        all.put(
                "POST /api/v1/campaigns",
                new Expected(
                        "campaign.created",
                        () -> json(
                                post("/api/v1/campaigns"),
                                "{\"name\": \"%s\", \"protocol\": \"edit-preference-v1\"}"
                                        .formatted(UUID.randomUUID()))));
        all.put(
                "POST /api/v1/imports",
                new Expected(
                        "campaign.imported",
                        () -> post("/api/v1/imports")
                                .param("campaign", "imported " + UUID.randomUUID())
                                .contentType(MediaType.parseMediaType("application/zip"))
                                .content(new TestManifest().item("a", 2).zip(""))));
        all.put(
                "POST /api/v1/imports/foreign",
                new Expected(
                        "labels.imported",
                        () -> post("/api/v1/imports/foreign")
                                .param("campaign", "imported " + UUID.randomUUID())
                                .param("from", "label-studio")
                                .contentType(MediaType.parseMediaType("application/zip"))
                                .content(TestForeignFiles.labelStudio().zip())));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/settings",
                new Expected(
                        "campaign.settings",
                        () -> json(
                                put(in("/settings")),
                                http.send(admin, get(in("/settings")))
                                        .json()
                                        .toString()
                                        .replaceFirst("\"leaseSeconds\":\\d+", "\"leaseSeconds\":77"))));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/state",
                new Expected("campaign.state", () -> json(put(in("/state")), "{\"state\": \"PAUSED\"}")));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/members/{name}",
                new Expected(
                        "member.added",
                        () -> json(put(in("/members/" + annotator.name())), "{\"role\": \"ANNOTATOR\"}")));
        all.put("POST /api/v1/campaigns/{campaign}/annotators/{account}/tries", new Expected("try.granted", () -> {
            var protocol = campaigns.overview(admin, campaign).protocol().sha256();
            confirmations.confirm(annotator, campaign, protocol);
            int count = protocols.bySha256(protocol).protocol().qualification().examples();
            for (int example = 0; example < count; example++) {
                examples.answer(annotator, campaign, example, Map.of());
            }
            jdbc.sql("""
                INSERT INTO qualification_attempt
                    (campaign_id, account_id, number, protocol_sha256, pass_mark, finished_at, score, passed)
                SELECT c.id, ?, n, c.protocol_sha256, 0.7, now(), 0, false
                FROM campaign c, generate_series(1, 3) n WHERE c.id = ?\
                """).params(annotator.id(), campaign).update();
            return json(post(in("/annotators/" + annotator.id() + "/tries")), "{\"reason\": \"The network failed.\"}");
        }));
        var at = "/annotators/" + annotator.id();
        all.put(
                "PUT /api/v1/campaigns/{campaign}/annotators/{account}/pause",
                new Expected("annotator.paused", () -> json(put(in(at + "/pause")), "{\"reason\": \"Let us talk.\"}")));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/annotators/{account}/pause",
                new Expected("annotator.resumed", () -> delete(in(at + "/pause"))));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/annotators/{account}/exclusion",
                new Expected(
                        "annotator.excluded",
                        () -> json(put(in(at + "/exclusion")), "{\"from\": \"2026-01-01\", \"reason\": \"Clicks.\"}")));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/annotators/{account}/exclusion",
                new Expected("annotator.readmitted", () -> delete(in(at + "/exclusion"))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/annotators/{account}/retraining",
                new Expected("annotator.retrained", () -> {
                    jdbc.sql("UPDATE qualification_attempt SET passed = true, score = 1 WHERE account_id = ?")
                            .param(annotator.id())
                            .update();
                    return json(post(in(at + "/retraining")), "{\"reason\": \"Misread.\"}");
                }));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/annotator-rules",
                new Expected(
                        "annotator.rules",
                        () -> json(put(in("/annotator-rules")), "{\"drift\": {\"action\": \"WARN\"}}")));
        all.put("PUT /api/v1/campaigns/{campaign}/notices/{notice}/appeal/answer", new Expected("appeal.upheld", () -> {
            var notice = jdbc.sql("INSERT INTO annotator_notice (campaign_id, account_id, action, cause)"
                            + " VALUES (?, ?, 'PAUSE', 'FAST') RETURNING id")
                    .params(campaign, annotator.id())
                    .query(UUID.class)
                    .single();
            jdbc.sql("INSERT INTO appeal (notice_id, campaign_id, account_id, words) VALUES (?, ?, ?, 'No.')")
                    .params(notice, campaign, annotator.id())
                    .update();
            return json(
                    put(in("/notices/" + notice + "/appeal/answer")), "{\"lift\": false, \"text\": \"It stands.\"}");
        }));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/members/{name}",
                new Expected("member.removed", () -> delete(in("/members/" + annotator.name()))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/simulated-annotators",
                new Expected("members.simulated", () -> json(post(in("/simulated-annotators")), "{\"count\": 2}")));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/gold",
                new Expected(
                        "gold.settings", () -> json(put(in("/gold")), "{\"rate\": 0.25, \"feedback\": \"NONE\"}")));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/known-answers/{pair}",
                new Expected("answer.known", () -> json(put(in("/known-answers/" + pair)), """
                    {"answers": {"instruction_following": {"first": 2, "second": 4},
                                 "visual_quality": {"first": 3, "second": 3}}, "reason": "Looked again."}\
                    """)));
        all.put(
                "POST /api/v1/campaigns/{campaign}/known-answers/{pair}/retirement",
                new Expected("gold.retired", () -> post(in("/known-answers/" + pair + "/retirement"))));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/known-answers/{pair}",
                new Expected("answer.withdrawn", () -> delete(in("/known-answers/" + pair))));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/payment/settings",
                new Expected("payment.settings", () -> json(put(in("/payment/settings")), """
                    {"currency": "EUR", "perJudgement": 0.25, "perHour": 12.5, "decimals": 2, "rounding": "UP",
                     "countsExtra": true, "countsGold": false, "countsTraining": true, "timeZone": null}\
                    """)));
        all.put("PUT /api/v1/campaigns/{campaign}/protocol", new Expected("campaign.protocol", () -> {
            // the words of other tests on this database: a version is published once
            ProtocolVersions.publish(protocols, 2, "Hard is not a reason to skip.", "Never skip because it is hard.");
            return json(put(in("/protocol")), "{\"protocol\": \"edit-preference-v2\"}");
        }));
        all.put(
                "POST /api/v1/campaigns/{campaign}/pairs/{pair}/reveal",
                new Expected("pair.revealed", () -> post(in("/pairs/" + pair + "/reveal"))));
        all.put("POST /api/v1/campaigns/{campaign}/queue/pins", new Expected("pair.pinned", () -> {
            waiting = new CampaignFixture(jdbc, accounts).addPair(campaign, "waiting", "ACQUIRED", 1);
            return json(post(in("/queue/pins")), "{\"pairs\": [\"%s\"]}".formatted(waiting));
        }));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/queue/pins/{pair}",
                new Expected("pair.unpinned", () -> delete(in("/queue/pins/" + waiting))));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/queue/vetoes/{pair}",
                new Expected("pair.vetoed", () -> put(in("/queue/vetoes/" + waiting))));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/queue/vetoes/{pair}",
                new Expected("pair.allowed", () -> delete(in("/queue/vetoes/" + waiting))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/training-runs",
                new Expected("training.requested", () -> post(in("/training-runs"))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/training-runs/{run}/cancellation",
                new Expected(
                        "training.cancelled", () -> post(in("/training-runs/" + run("QUEUED") + "/cancellation"))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/models/{number}/promotion",
                new Expected("model.promoted", () -> post(in("/models/" + model() + "/promotion"))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/models/{number}/benchmarks",
                new Expected(
                        "model.measured",
                        () -> json(post(in("/models/" + model() + "/benchmarks")), """
                            {"benchmark": "genai-bench", "files": [{"file": "a.json", "sha256": "%s"}],
                             "result": {"metrics": [{"name": "accuracy_with_ties", "n": 4, "paper": {"value": 0.5},
                              "corrected": {"value": null, "low": null, "high": null, "reason": "one source image"}}]}}\
                            """.formatted("a".repeat(64)))));
        all.put(
                "PUT /api/v1/campaigns/{campaign}/alert-bounds",
                new Expected("alert.bounds", () -> json(put(in("/alert-bounds")), "{\"agreement\": 0.25}")));
        all.put("POST /api/v1/alerts/{alert}/acknowledgement", new Expected("alert.acknowledged", () -> {
            var alert = jdbc.sql("INSERT INTO alert (campaign_id, kind) VALUES (?, 'QUEUE_DRY') RETURNING id")
                    .param(campaign)
                    .query(UUID.class)
                    .single();
            return post("/api/v1/alerts/" + alert + "/acknowledgement");
        }));
        all.put(
                "PUT /api/v1/alert-subscription",
                new Expected(
                        "alert.subscription",
                        () -> json(
                                put("/api/v1/alert-subscription"),
                                "{\"address\": \"lead@example.org\", \"delivery\": \"DAILY\"}")));
        all.put(
                "DELETE /api/v1/alert-subscription",
                new Expected("alert.subscription", () -> delete("/api/v1/alert-subscription")));
        all.put(
                "POST /api/v1/campaigns/{campaign}/webhooks",
                new Expected(
                        "webhook.created",
                        () -> json(post(in("/webhooks")), "{\"url\": \"https://hooks.example.org/x\"}")));
        all.put(
                "POST /api/v1/campaigns/{campaign}/webhooks/{webhook}/test",
                new Expected("webhook.tested", () -> post(in("/webhooks/" + webhook() + "/test"))));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/webhooks/{webhook}",
                new Expected("webhook.removed", () -> delete(in("/webhooks/" + webhook()))));
        all.put(
                "POST /api/v1/campaigns/{campaign}/exports",
                new Expected(
                        "export.requested",
                        () -> json(post(in("/exports")), "{\"format\": \"jsonl\", \"filter\": []}")));
        all.put(
                "POST /api/v1/campaigns/{campaign}/exports/{export}/cancellation",
                new Expected("export.cancelled", () -> post(in("/exports/" + export("QUEUED") + "/cancellation"))));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/exports/{export}",
                new Expected("export.deleted", () -> delete(in("/exports/" + export("CANCELLED")))));
        // the entry of a clone is that of the new campaign, and its making has one of its own
        all.put(
                "POST /api/v1/campaigns/{campaign}/clones",
                new Expected(
                        "campaign.cloned",
                        () -> json(
                                post(in("/clones")),
                                "{\"name\": \"%s\", \"gold\": true, \"members\": true}".formatted(UUID.randomUUID()))));
        all.put("PUT /api/v1/campaigns/{campaign}/archive", new Expected("campaign.archived", () -> {
            jdbc.sql("UPDATE campaign SET state = 'CLOSED' WHERE id = ?")
                    .param(campaign)
                    .update();
            return put(in("/archive"));
        }));
        all.put(
                "DELETE /api/v1/campaigns/{campaign}/archive",
                new Expected("campaign.restored", () -> delete(in("/archive"))));
        return all;
    }

    /** A pair that somebody has answered just now, and that is asked for no more. */
    private UUID answered() {
        // another one is left who could be asked
        var annotator =
                new CampaignFixture(jdbc, accounts).annotators(campaign, 2).getFirst();
        jdbc.sql("UPDATE campaign SET gold_rate = 0 WHERE id = ?")
                .param(campaign)
                .update();
        var assignment = assignments.claim(annotator, campaign, 1).assignments().getFirst();
        labels.submit(annotator, TestSubmissions.rated(assignment, 4, 1));
        return jdbc.sql("SELECT pair_id FROM assignment WHERE id = ?")
                .param(assignment.id())
                .query(UUID.class)
                .single();
    }

    private UUID export(String state) {
        return jdbc.sql("INSERT INTO dataset_export (campaign_id, wish, state, requested_by)"
                        + " VALUES (?, '{\"format\": \"jsonl\", \"filter\": []}', ?, ?) RETURNING id")
                .params(campaign, state, admin.id())
                .query(UUID.class)
                .single();
    }

    private UUID webhook() {
        return jdbc.sql("SELECT id FROM webhook WHERE campaign_id = ?")
                .param(campaign)
                .query(UUID.class)
                .single();
    }

    private int model() {
        var made = new NewModelVersion(
                campaign,
                jdbc.sql("INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'FINISHED', 'MANUAL')"
                                + " RETURNING id")
                        .param(campaign)
                        .query(UUID.class)
                        .single(),
                snapshots.freeze(campaign).id(),
                "d".repeat(64),
                "encoder",
                "{\"dimensions\": []}",
                0,
                0.8,
                null,
                null,
                12,
                null,
                "{}");
        return models.add(made, false).number();
    }

    private UUID run(String state) {
        return jdbc.sql("SELECT id FROM training_run WHERE campaign_id = ? AND state = ?")
                .params(campaign, state)
                .query(UUID.class)
                .single();
    }

    private TreeSet<String> mapped() {
        var mapped = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (!handler.getBeanType().getName().startsWith("org.diptych.")) {
                return;
            }
            var methods = mapping.getMethodsCondition().getMethods();
            for (var pattern : mapping.getPatternValues()) {
                if (!pattern.startsWith("/api/")
                        || pattern.startsWith(DRAFTS)
                        || OWN.stream().anyMatch(pattern::startsWith)
                        || QUESTIONS.stream().anyMatch(pattern::startsWith)) {
                    continue;
                }
                assertThat(methods).as("methods of " + pattern).isNotEmpty();
                methods.stream()
                        .filter(method -> method != RequestMethod.GET && method != RequestMethod.HEAD)
                        .forEach(method -> mapped.add(method + " " + pattern));
            }
        });
        return mapped;
    }

    @Test
    void every_mapped_request_that_changes_something_writes_its_entry() throws Exception {
        var scenarios = scenarios();
        assertThat(scenarios.keySet())
                .as("a new endpoint needs an example here, and an entry")
                .containsAll(mapped());
        for (var each : scenarios.entrySet()) {
            var request = each.getValue().scenario().request();
            var last = last();
            var answer = http.send(admin, request.with(sent -> {
                sent.setRemoteAddr("198.51.100.7");
                return sent;
            }));
            assertThat(answer.status()).as(each.getKey() + answer.detail()).isBetween(200, 299);
            var written = trail.page(admin, AuditFilter.ALL, null, 50).stream()
                    .filter(entry -> entry.id() > last
                            && admin.name().equals(entry.who())
                            && "198.51.100.7".equals(entry.address()))
                    .toList();
            assertThat(written)
                    .as(each.getKey())
                    .extracting(AuditEntry::action)
                    .contains(each.getValue().action());
            if (each.getKey().contains("{campaign}") && !each.getKey().endsWith("/clones")) {
                assertThat(written).extracting(AuditEntry::campaign).contains(campaign);
            }
        }
        assertThat(jdbc.sql("SELECT detail::text FROM audit_event")
                        .query(String.class)
                        .list())
                .noneMatch(detail -> detail.contains("dip_") || detail.contains("pbkdf2"));
    }

    @Test
    void sign_ins_are_written_down_good_or_bad_and_never_what_was_typed_as_a_name_that_nobody_has(
            @Autowired WebApplicationContext context) throws Exception {
        var door = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBean("springSecurityFilterChain", Filter.class))
                .build();
        var made = accounts.createAccount("s" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null);
        var name = made.account().name();
        var last = last();
        door.perform(post("/api/v1/tokens").with(httpBasic(name, made.password())));
        door.perform(post("/api/v1/tokens").with(httpBasic(name, "a wrong password")));
        door.perform(post("/api/v1/tokens").with(httpBasic("my.password.in.the.wrong.field", "x")));
        door.perform(json(post("/api/v1/password"), "{\"password\": \"one that I have chosen\"}")
                .with(httpBasic(name, made.password())));
        assertThat(trail.page(admin, AuditFilter.ALL, null, 20).stream()
                        .filter(entry -> entry.id() > last)
                        .map(entry ->
                                entry.action() + " " + entry.who() + " " + entry.subject() + " " + entry.address())
                        .toList())
                .containsExactly(
                        "password.changed " + name + " " + name + " 127.0.0.1",
                        "signin.accepted " + name + " " + name + " 127.0.0.1",
                        "signin.refused null null 127.0.0.1",
                        "signin.refused null " + name + " 127.0.0.1",
                        "token.created " + name + " " + name + " 127.0.0.1",
                        "signin.accepted " + name + " " + name + " 127.0.0.1");
    }

    private static RequestPostProcessor httpBasic(String name, String password) {
        return request -> {
            request.addHeader(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
            return request;
        };
    }

    private long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM audit_event")
                .query(Long.class)
                .single();
    }

    private AuditEntry newest(SignedIn reader, String action) {
        return trail.page(reader, new AuditFilter(null, action, campaign, null, null), null, 1)
                .getFirst();
    }

    @Test
    void what_changed_is_there_before_and_after_and_nothing_else() {
        var settings = campaigns.settings(admin, campaign).withLabelsPerPair(7);
        campaigns.change(admin, campaign, settings);
        assertThat(newest(admin, "campaign.settings").detail())
                .hasToString("{after={mostLabels=7, uniformLabels=7, acquiredLabels=7},"
                        + " before={mostLabels=1, uniformLabels=1, acquiredLabels=1}}");
    }

    @Test
    void an_action_that_fails_leaves_no_entry_and_one_whose_entry_fails_does_not_happen() {
        var last = last();
        try {
            campaigns.addMember(admin, campaign, "nobody", MemberRole.ANNOTATOR);
        } catch (Problem unknown) {
            assertThat(unknown.code()).isEqualTo("unknown_account");
        }
        assertThat(last()).isEqualTo(last);
        jdbc.sql("ALTER TABLE audit_event ADD CONSTRAINT full_disk CHECK (action <> 'member.added') NOT VALID")
                .update();
        try {
            campaigns.addMember(admin, campaign, annotator.name(), MemberRole.ANNOTATOR);
            throw new AssertionError("it happened");
        } catch (RuntimeException refused) {
            assertThat(campaigns.members(admin, campaign))
                    .noneMatch(member -> member.name().equals(annotator.name()));
        } finally {
            jdbc.sql("ALTER TABLE audit_event DROP CONSTRAINT full_disk").update();
        }
    }

    @Test
    void leads_read_what_concerns_their_campaign_and_nothing_else() throws Exception {
        var lead = person(Role.LEAD);
        campaigns.addMember(admin, campaign, lead.name(), MemberRole.LEAD);
        assertThat(http.send(lead, get("/api/v1/audit")).problem()).isEqualTo("403 not_an_administrator");
        assertThat(http.send(annotator, get("/api/v1/audit").param("campaign", campaign.toString()))
                        .problem())
                .isEqualTo("404 unknown_campaign");
        assertThat(trail.page(lead, new AuditFilter(null, null, campaign, null, null), null, 100))
                .isNotEmpty()
                .allMatch(entry -> campaign.equals(entry.campaign()));
        var other = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        assertThat(http.send(lead, get("/api/v1/audit.csv").param("campaign", other.toString()))
                        .problem())
                .isEqualTo("404 unknown_campaign");
    }

    @Test
    void pages_follow_each_other_and_filters_hold_together() {
        for (int i = 0; i < 5; i++) {
            campaigns.addMember(admin, campaign, annotator.name(), MemberRole.ANNOTATOR);
            campaigns.removeMember(admin, campaign, annotator.name());
        }
        var all = new AuditFilter(admin.name(), null, campaign, null, null);
        var first = trail.page(admin, all, null, 4);
        var second = trail.page(admin, all, first.getLast().id(), 100);
        assertThat(first).hasSize(4);
        assertThat(second).hasSize(6);
        assertThat(second.getFirst().id()).isLessThan(first.getLast().id());
        assertThat(trail.page(
                        admin, new AuditFilter(annotator.name(), "member.removed", campaign, null, null), null, 100))
                .hasSize(5);
        var today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        assertThat(trail.page(admin, new AuditFilter(null, null, campaign, today.plusDays(2), null), null, 100))
                .isEmpty();
        assertThat(trail.page(admin, new AuditFilter(null, null, campaign, null, today.minusDays(2)), null, 100))
                .isEmpty();
    }

    @Test
    void no_cell_of_the_file_starts_a_formula() {
        assertThat(CsvRow.of("=1+1", "+1", "-1", "@x", "a \"b\"", "\ty", null, "1"))
                .isEqualTo("\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",\"a \"\"b\"\"\",\"'\ty\",,\"1\"\r\n");
        var file = new java.io.ByteArrayOutputStream();
        trail.writeCsv(admin, new AuditFilter(null, null, campaign, null, null), file);
        assertThat(file.toString(StandardCharsets.UTF_8))
                .startsWith("\"id\",\"at\",\"who\"")
                .contains("\"campaign.created\"");
    }
}
