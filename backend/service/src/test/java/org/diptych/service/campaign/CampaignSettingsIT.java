package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.util.Objects;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Settings are checked field by field, and a change of theirs keeps what others change. */
@ServiceTest
class CampaignSettingsIT {
    @Autowired
    private CampaignService campaigns;

    @Autowired
    private Campaigns rows;

    @Autowired
    private JdbcClient jdbc;

    private HttpFixture http;
    private SignedIn admin;
    private UUID campaign;
    private TransactionTemplate another;
    private TransactionTemplate one;

    @BeforeEach
    void setUp(
            @Autowired WebApplicationContext context,
            @Autowired AccountService accounts,
            @Autowired PlatformTransactionManager transactions) {
        http = new HttpFixture(context);
        admin = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.ADMIN, null)
                .account();
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        one = new TransactionTemplate(transactions);
        another = new TransactionTemplate(transactions);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private static ObjectNode settings() {
        return (ObjectNode) JsonMapper.shared().valueToTree(CampaignSettings.DEFAULT);
    }

    private static ObjectNode with(String field, String json) {
        var settings = settings();
        settings.set(field, JsonMapper.shared().readTree(json));
        return settings;
    }

    private Answer change(ObjectNode settings) throws Exception {
        return http.send(
                admin,
                put("/api/v1/campaigns/{campaign}/settings", campaign)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(settings.toString()));
    }

    @Test
    void a_policy_is_one_that_exists() throws Exception {
        var answer = change(with("acquisitionPolicy", "\"v-optimall\""));
        assertThat(answer.problem()).isEqualTo("422 invalid_settings acquisitionPolicy");
        assertThat(answer.detail()).contains(AcquisitionPolicy.names());
        assertThat(change(with("acquisitionPolicy", "\"\"")).problem())
                .isEqualTo("422 invalid_settings acquisitionPolicy");
        for (var name : AcquisitionPolicy.names()) {
            assertThat(change(with("acquisitionPolicy", "\"" + name + "\"")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void every_field_must_be_there_except_the_hours() throws Exception {
        for (var component : CampaignSettings.class.getRecordComponents()) {
            var field = component.getName();
            var without = settings();
            without.remove(field);
            var wanted = field.equals("retrainHours") ? "200" : "422 missing_field " + field;
            assertThat(change(without).problem()).isEqualTo(wanted);
            assertThat(change(with(field, "null")).problem()).isEqualTo(wanted);
        }
    }

    @Test
    void a_wrong_type_or_range_names_the_field() throws Exception {
        for (var component : CampaignSettings.class.getRecordComponents()) {
            var field = component.getName();
            for (var wrong : new String[] {"{}", "[]", "true", "\"5 of them\""}) {
                var answer = change(with(field, wrong));
                assertThat(answer.status()).as(field + wrong).isEqualTo(422);
                assertThat(answer.json().path("field").asString()).isEqualTo(field);
            }
            if (component.getType() != String.class && !component.getType().isEnum()) {
                for (var wrong : new String[] {"\"1\"", "-1", "0", "1e300"}) {
                    var answer = change(with(field, wrong));
                    assertThat(answer.status()).as(field + wrong).isEqualTo(422);
                    assertThat(answer.json().path("field").asString()).isEqualTo(field);
                }
            }
        }
        assertThat(change(with("prefetch", "2.5")).problem()).isEqualTo("422 invalid_value prefetch");
        assertThat(change(with("lateLabels", "\"KEEP\"")).detail()).contains("EXTRA, REFUSE");
        assertThat(change(with("uniformShares", "1")).problem()).isEqualTo("422 unknown_field uniformShares");
        assertThat(change(with("uniformShare", "\"NaN\"")).status()).isEqualTo(422);
        assertThat(campaigns.settings(admin, campaign).prefetch()).isEqualTo(5);
    }

    @Test
    void of_two_leads_who_read_and_then_write_the_second_hears_of_the_first() throws Exception {
        var address = "/api/v1/campaigns/{campaign}/settings";
        var read = tag(http.send(admin, get(address, campaign)));
        var first = http.send(
                admin,
                put(address, campaign)
                        .header("If-Match", read)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(with("prefetch", "7").toString()));
        assertThat(first.status()).isEqualTo(200);
        var second = put(address, campaign)
                .header("If-Match", read)
                .contentType(MediaType.APPLICATION_JSON)
                .content(with("retrainEvery", "50").toString());
        assertThat(http.send(admin, second).problem()).isEqualTo("412 changed_meanwhile");
        assertThat(campaigns.settings(admin, campaign).prefetch()).isEqualTo(7);
        var again = http.send(
                admin,
                put(address, campaign)
                        .header("If-Match", tag(first))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(with("retrainEvery", "50").toString()));
        assertThat(again.status()).isEqualTo(200);
    }

    private static String tag(Answer answer) {
        return Objects.requireNonNull(answer.response().getHeader("ETag"));
    }

    @Test
    void settings_of_a_new_campaign_are_named_by_their_whole_way() throws Exception {
        for (var wrong : new String[] {"0", "\"x\""}) {
            var creation = JsonMapper.shared().createObjectNode();
            creation.put("name", "campaign " + UUID.randomUUID()).put("protocol", "edit-preference-v1");
            creation.set("settings", with("prefetch", wrong));
            var answer = http.send(
                    admin,
                    post("/api/v1/campaigns")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(creation.toString()));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("field").asString()).isEqualTo("settings.prefetch");
        }
    }

    @Test
    void a_policy_that_was_stored_wrong_is_shown_and_does_no_harm() throws Exception {
        jdbc.sql("UPDATE campaign SET acquisition_policy = 'nonsense' WHERE id = ?")
                .param(campaign)
                .update();
        var answer = http.send(admin, get("/api/v1/campaigns/{campaign}/settings", campaign));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("acquisitionPolicy").asString()).isEqualTo("nonsense");
    }

    @Test
    void a_pause_and_new_settings_do_not_undo_each_other() {
        one.executeWithoutResult(status -> {
            // what an earlier reading has left in memory is not what is written back
            campaigns.settings(admin, campaign);
            another.executeWithoutResult(inner -> campaigns.enter(admin, campaign, CampaignState.PAUSED));
            try {
                campaigns.change(admin, campaign, CampaignSettings.DEFAULT.withLabelsPerPair(2));
            } catch (ConcurrencyFailureException told) {
                status.setRollbackOnly();
            }
        });
        assertThat(campaigns.overview(admin, campaign).state()).isEqualTo(CampaignState.PAUSED);
    }

    @Test
    void a_page_that_shows_another_state_does_not_reopen_what_was_closed_meanwhile() {
        campaigns.enter(admin, campaign, CampaignState.PAUSED);
        campaigns.enter(admin, campaign, CampaignState.PAUSED, CampaignState.CLOSED);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> campaigns.enter(admin, campaign, CampaignState.PAUSED, CampaignState.OPEN))
                .hasMessageContaining("meanwhile");
        assertThat(campaigns.overview(admin, campaign).state()).isEqualTo(CampaignState.CLOSED);
    }

    @Test
    void a_stale_row_is_never_written_back() {
        var stale = another.execute(status -> rows.findById(campaign).orElseThrow());
        campaigns.enter(admin, campaign, CampaignState.PAUSED);
        var told = org.assertj.core.api.Assertions.catchThrowable(() -> another.executeWithoutResult(status -> {
            stale.change(CampaignSettings.DEFAULT.withLabelsPerPair(2));
            rows.saveAndFlush(stale);
        }));
        assertThat(told).isInstanceOf(ConcurrencyFailureException.class);
        assertThat(campaigns.overview(admin, campaign).state()).isEqualTo(CampaignState.PAUSED);
    }

    private Answer changeIf(String match) throws Exception {
        return http.send(
                admin,
                put("/api/v1/campaigns/{campaign}/settings", campaign)
                        .header("If-Match", match)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(settings().toString()));
    }

    @Test
    void a_condition_that_is_no_tag_is_refused_and_a_weakened_one_is_taken() throws Exception {
        for (var match : new String[] {"abc", "", "\"\"", "\"abc"}) {
            assertThat(changeIf(match).problem()).as(match).isEqualTo("422 invalid_value If-Match");
        }
        assertThat(changeIf("W/\"abc\"").problem()).isEqualTo("412 changed_meanwhile");
        var tag = tag(http.send(admin, get("/api/v1/campaigns/{campaign}/settings", campaign)));
        assertThat(changeIf("W/" + tag).status()).isEqualTo(200);
        assertThat(changeIf("*").status()).isEqualTo(200);
    }
}
