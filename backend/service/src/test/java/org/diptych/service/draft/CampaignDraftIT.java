package org.diptych.service.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.diptych.service.Eventually;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.campaign.PairSources;
import org.diptych.service.campaign.TestManifest;
import org.diptych.service.draft.CampaignDraft.Failure;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** From an upload to a campaign, as a client sees it. */
@ServiceTest
@NullUnmarked
class CampaignDraftIT {
    private static final String DRAFTS = "/api/v1/campaigns/drafts";

    @Autowired
    private AccountService accounts;

    @Autowired
    private CampaignDrafts drafts;

    @Autowired
    private DraftLaunch launch;

    @Autowired
    private DraftTable table;

    @Autowired
    private PairSources sources;

    @Autowired
    private StagingFolder staging;

    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private SignedIn lead;
    private String name;
    private String newcomer;

    @BeforeEach
    void a_lead(@Autowired WebApplicationContext context) {
        http = new HttpFixture(context);
        lead = account(Role.LEAD);
        name = "wave " + UUID.randomUUID();
        newcomer = "n" + UUID.randomUUID();
    }

    private SignedIn account(Role role) {
        return accounts.createAccount("u" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private String choices(double goldRate) {
        return """
                {"step": 6, "name": "%s", "addTo": null, "protocol": "edit-preference-v1",
                 "settings": {"uniformShare": 0.5, "uniformLabels": 2, "acquiredLabels": 1, "mostLabels": 2,
                   "leaseSeconds": 600, "prefetch": 3, "lateLabels": "EXTRA", "retrainEvery": 50, "retrainHours": null,
                   "acquisitionBatch": 20, "acquisitionPolicy": "default"},
                 "gold": {"rate": %s, "feedback": "AFTER_SUBMIT"},
                 "people": [{"name": "%s", "displayName": "New Person", "role": "ANNOTATOR"}]}""".formatted(name, goldRate, newcomer);
    }

    private Answer save(String id, String body, String... tag) throws Exception {
        var request =
                put(DRAFTS + "/" + id).contentType(MediaType.APPLICATION_JSON).content(body);
        return http.send(lead, tag.length == 0 ? request : request.header("If-Match", "\"" + tag[0] + "\""));
    }

    /** A draft with two good rows and one whose picture is missing. */
    private String checkedDraft() throws Exception {
        var created = http.send(lead, post(DRAFTS));
        assertThat(created.status()).isEqualTo(201);
        var id = created.json().get("id").asString();
        assertThat(save(id, choices(0.1)).status()).isEqualTo(200);
        var archive = new TestManifest()
                .item("a", 3)
                .item("b", 2)
                .itemNaming("c", "images/none.png")
                .zip("");
        var sent = http.send(
                lead,
                put(DRAFTS + "/" + id + "/pairs")
                        .param("name", "wave.zip")
                        .contentType("application/zip")
                        .content(archive));
        assertThat(sent.status()).isEqualTo(202);
        settled(id);
        return id;
    }

    private CampaignDraft settled(String id) {
        var draft = UUID.fromString(id);
        Eventually.holds("the work on a draft ends", () -> switch (drafts.get(lead, draft)
                .work()) {
            case NONE, LAUNCHED -> true;
            case CHECKING, LAUNCHING -> false;
        });
        return drafts.get(lead, draft);
    }

    private List<String> entries() {
        return jdbc.sql("SELECT action FROM audit_event WHERE account_id = ? AND action LIKE 'draft.%' ORDER BY id")
                .param(lead.id())
                .query(String.class)
                .list();
    }

    private long campaigns() {
        return jdbc.sql("SELECT count(*) FROM campaign WHERE name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    @Test
    void a_launch_makes_campaign_people_settings_gold_and_pairs_once() throws Exception {
        var id = checkedDraft();
        var report = http.send(lead, get(DRAFTS + "/" + id)).json().at("/checked/report");
        assertThat(List.of(
                        report.get("items").asInt(),
                        report.get("pairs").asInt(),
                        report.get("rejected").asInt()))
                .containsExactly(2, 4, 1);

        assertThat(http.send(lead, post(DRAFTS + "/" + id + "/launch")).status())
                .isEqualTo(202);
        var launched = settled(id);

        assertThat(launched.failure()).isNull();
        var campaign = launched.campaign();
        assertThat(http.send(lead, get("/api/v1/campaigns/" + campaign + "/gold"))
                        .json()
                        .get("rate")
                        .asDouble())
                .isEqualTo(0.1);
        assertThat(http.send(lead, get("/api/v1/campaigns/" + campaign + "/settings"))
                        .json()
                        .get("retrainEvery")
                        .asInt())
                .isEqualTo(50);
        assertThat(http.send(lead, get("/api/v1/campaigns/" + campaign + "/members"))
                        .body())
                .contains(lead.name(), newcomer);
        assertThat(jdbc.sql("SELECT address FROM audit_event WHERE action = ? AND campaign_id = ?")
                        .params(AuditAction.CAMPAIGN_IMPORTED.code(), campaign)
                        .query(String.class)
                        .list())
                .containsExactly("127.0.0.1");
        assertThat(entries()).containsExactly("draft.created", "draft.pairs", "draft.launched");
        assertThat(http.send(lead, get(DRAFTS)).json().at("/0/newAccounts").asInt())
                .isOne();
        var passwords = http.send(lead, post(DRAFTS + "/" + id + "/passwords"));
        assertThat(passwords.json().at("/0/name").asString()).isEqualTo(newcomer);
        assertThat(http.send(lead, post(DRAFTS + "/" + id + "/passwords")).json())
                .isEmpty();
        assertThat(http.send(lead, post(DRAFTS + "/" + id + "/launch")).problem())
                .isEqualTo("409 draft_launched");
        assertThat(http.send(lead, get(DRAFTS)).json()).isEmpty();
        assertThat(campaigns()).isOne();
    }

    @Test
    void a_launch_that_fails_leaves_nothing_and_can_be_tried_again() throws Exception {
        var id = checkedDraft();
        jdbc.sql("ALTER TABLE slot ADD CONSTRAINT no_room CHECK (false) NOT VALID")
                .update();
        try {
            assertThat(http.send(lead, post(DRAFTS + "/" + id + "/launch")).status())
                    .isEqualTo(202);
            assertThat(settled(id).failure()).isNotNull();
        } finally {
            jdbc.sql("ALTER TABLE slot DROP CONSTRAINT no_room").update();
        }
        assertThat(campaigns()).isZero();
        assertThat(accounts.find(newcomer)).isEmpty();

        // an administrator does it for them; the campaign is theirs nevertheless
        assertThat(http.send(account(Role.ADMIN), post(DRAFTS + "/" + id + "/launch"))
                        .status())
                .isEqualTo(202);
        assertThat(settled(id).work()).isEqualTo(CampaignDraft.Work.LAUNCHED);
        assertThat(campaigns()).isOne();
        assertThat(http.send(
                                lead,
                                get("/api/v1/campaigns/"
                                        + drafts.get(lead, UUID.fromString(id)).campaign() + "/members"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoever_was_replaced_makes_nothing() throws Exception {
        var draft = settled(checkedDraft());
        var file = staging.kept(table.file(draft.id()).orElseThrow());
        table.begin(draft.id(), CampaignDraft.Work.LAUNCHING);
        try (var source = sources.upload(file, null)) {
            assertThatThrownBy(() -> launch.run(lead, draft, UUID.randomUUID(), source, line -> {}))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("launched again");
        }
        assertThat(campaigns()).isZero();
        assertThat(http.send(lead, post(DRAFTS + "/" + draft.id() + "/launch")).problem())
                .isEqualTo("409 draft_at_work");
    }

    @Test
    void a_draft_is_its_makers_alone() throws Exception {
        var id = http.send(lead, post(DRAFTS)).json().get("id").asString();
        var other = account(Role.LEAD);
        var path = DRAFTS + "/" + id;
        var body = choices(0);
        for (var request : List.of(
                get(path),
                delete(path),
                put(path).contentType(MediaType.APPLICATION_JSON).content(body),
                put(path + "/pairs").contentType("application/zip").content(new byte[] {1}),
                post(path + "/check"),
                post(path + "/launch"),
                post(path + "/passwords"),
                post(path + "/power-plans")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"halfWidth\": 0.05, \"accuracy\": 0.8, \"annotators\": 5}"))) {
            assertThat(http.send(other, request).problem()).isEqualTo("404 unknown_draft");
        }
        assertThat(http.send(other, get(DRAFTS)).json()).isEmpty();
        assertThat(http.send(account(Role.ADMIN), get(path)).status()).isEqualTo(200);
        assertThat(http.send(account(Role.ANNOTATOR), post(DRAFTS)).problem()).startsWith("403");
        assertThat(http.send(lead, delete(path)).status()).isEqualTo(204);
        assertThat(entries()).endsWith("draft.discarded");
        assertThat(http.send(lead, get(path)).problem()).isEqualTo("404 unknown_draft");
    }

    @Test
    void the_later_of_two_tabs_is_told_and_bad_input_names_its_field() throws Exception {
        var id = http.send(lead, post(DRAFTS)).json().get("id").asString();
        assertThat(save(id, choices(0.1), "0").status()).isEqualTo(200);
        assertThat(save(id, choices(0.2), "0").problem()).isEqualTo("412 changed_meanwhile");
        assertThat(drafts.get(lead, UUID.fromString(id)).choices().gold().rate())
                .isEqualTo(0.1);
        assertThat(save(id, choices(0.9)).problem()).isEqualTo("422 invalid_settings gold.rate");
        assertThat(save(id, choices(0.1).replace("\"displayName\": \"New Person\"", "\"displayName\": null"))
                        .problem())
                .isEqualTo("422 unknown_account people[0].displayName");
        assertThat(save(id, choices(0.1).replace("New Person", "x".repeat(121))).problem())
                .isEqualTo("422 invalid_name people[0].displayName");
        assertThat(save(id, choices(0.1).replace(newcomer, lead.name())).problem())
                .isEqualTo("409 maker_listed people[0].name");
        assertThat(http.send(lead, post(DRAFTS + "/" + id + "/launch")).problem())
                .isEqualTo("422 no_pairs pairs");
    }

    @Test
    void what_is_replaced_is_stopped_and_what_has_ended_is_left_alone() throws Exception {
        var draft = settled(checkedDraft()).id();
        var first = table.begin(draft, CampaignDraft.Work.CHECKING);
        assertThat(table.beat(draft, first, 1)).isTrue();
        var second = table.begin(draft, CampaignDraft.Work.CHECKING);
        assertThat(table.beat(draft, first, 2)).isFalse();
        table.failed(draft, second, new Failure("failed", null, "For a test."));
        assertThat(table.beat(draft, second, 3)).isTrue();
        drafts.discard(lead, draft);
        assertThat(table.beat(draft, second, 4)).isFalse();
    }

    @Test
    void a_taken_name_is_no_new_campaign_and_pairs_go_where_they_were_said_to_go() throws Exception {
        var first = checkedDraft();
        http.send(lead, post(DRAFTS + "/" + first + "/launch"));
        var campaign = settled(first).campaign();
        var id = http.send(lead, post(DRAFTS)).json().get("id").asString();
        var into = choices(0.1).replace("\"addTo\": null", "\"addTo\": \"" + campaign + "\"");
        assertThat(save(id, choices(0.1)).status()).isEqualTo(200);
        assertThat(http.send(lead, post(DRAFTS + "/" + id + "/launch")).problem())
                .isEqualTo("409 name_taken name");
        assertThat(save(id, into).status()).isEqualTo(200);
        http.send(
                lead,
                put(DRAFTS + "/" + id + "/pairs")
                        .contentType("application/zip")
                        .content(new TestManifest().item("z", 2).zip("")));
        var draft = settled(id);
        requireFreeWhilePairsAreRead(draft, campaign);
        http.send(lead, post(DRAFTS + "/" + id + "/launch"));
        assertThat(settled(id).campaign()).isEqualTo(campaign);
        assertThat(jdbc.sql("SELECT count(*) FROM item WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    /** The campaign can be changed by others; what decides how pairs are written stops the launch then. */
    private void requireFreeWhilePairsAreRead(CampaignDraft draft, UUID campaign) throws IOException {
        var attempt = table.begin(draft.id(), CampaignDraft.Work.LAUNCHING);
        try (var source = sources.upload(staging.kept(table.file(draft.id()).orElseThrow()), null)) {
            assertThatThrownBy(() -> launch.run(
                            lead,
                            draft,
                            attempt,
                            source,
                            line -> CompletableFuture.runAsync(
                                            () -> jdbc.sql("UPDATE campaign SET uniform_share = 0.25 WHERE id = ?")
                                                    .param(campaign)
                                                    .update())
                                    .orTimeout(30, TimeUnit.SECONDS)
                                    .join()))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("campaign_changed"));
        }
        table.failed(draft.id(), attempt, new Failure("failed", null, "For a test."));
    }

    @Test
    void a_power_plan_comes_beside_the_request() throws Exception {
        var id = UUID.fromString(http.send(lead, post(DRAFTS)).json().get("id").asString());
        var begun = http.send(
                        lead,
                        post(DRAFTS + "/" + id + "/power-plans")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"halfWidth\": 0.05, \"accuracy\": 0.8, \"annotators\": 5}"))
                .json();
        var path = DRAFTS + "/" + id + "/power-plans/" + begun.get("id").asString();
        Eventually.holds("a plan is there", () -> {
            try {
                return http.send(lead, get(path)).json().get("state").asString().equals("DONE");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        var plan = http.send(lead, get(path)).json();
        assertThat(plan.at("/basis/reliability").asDouble()).isEqualTo(PowerBasis.USUAL_RELIABILITY);
        var recommended = plan.get("rows").get(plan.get("recommended").asInt());
        assertThat(recommended.get("halfWidth").asDouble()).isLessThanOrEqualTo(0.05);
        assertThat(recommended.get("hours").asDouble())
                .isEqualTo(recommended.get("labels").asLong() * PowerBasis.USUAL_SECONDS / 3600);
    }
}
