package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.HttpFixture.Answer;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;

/** A label and the pair that follows it cost one request. */
@ServiceTest
class NextPairIT {
    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private HttpFixture http;
    private UUID campaign;
    private SignedIn ann;

    @BeforeEach
    void two_pairs(@Autowired WebApplicationContext context) {
        http = new HttpFixture(context);
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 2, 1);
        ann = fixture.annotators(campaign, 1).getFirst();
    }

    private JsonNode first() throws Exception {
        return http.send(
                        ann,
                        post("/api/v1/annotate/campaigns/" + campaign + "/claims")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"count\": 1}"))
                .json()
                .get("assignments")
                .get(0);
    }

    private Answer submit(UUID id, JsonNode assignment, String query) throws Exception {
        return http.send(
                ann,
                post("/api/v1/annotate/labels" + query)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"id": "%s", "assignment": "%s", "token": %d, "activeMilliseconds": 10, "answers": {
                                 "instruction_following": {"left": 4, "right": 1},
                                 "visual_quality": {"left": 3, "right": 3}}}""".formatted(
                                        id,
                                        assignment.get("id").asString(),
                                        assignment.get("token").asLong())));
    }

    private int labels() {
        return jdbc.sql("SELECT count(*) FROM label WHERE campaign_id = ?")
                .param(campaign)
                .query(Integer.class)
                .single();
    }

    @Test
    void the_next_pair_comes_with_the_acknowledgement_where_it_is_asked_for() throws Exception {
        var held = first();
        var id = UUID.randomUUID();
        var answer = submit(id, held, "?next=1");
        assertThat(answer.status()).isEqualTo(201);
        var next = answer.json().get("assignments");
        assertThat(next).hasSize(1);
        assertThat(next.get(0).get("id")).isNotEqualTo(held.get("id"));
        assertThat(answer.json().get("progress").get("open").asInt()).isZero();
        // sent again it is the same answer, and the same pair
        var again = submit(id, held, "?next=1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("assignments").get(0).get("id"))
                .isEqualTo(next.get(0).get("id"));
        assertThat(submit(UUID.randomUUID(), next.get(0), "").json().has("assignments"))
                .isFalse();
    }

    @Test
    void a_label_is_acknowledged_where_nothing_is_handed_out_any_more() throws Exception {
        var held = first();
        jdbc.sql("UPDATE campaign SET state = 'PAUSED' WHERE id = ?")
                .param(campaign)
                .update();
        var answer = submit(UUID.randomUUID(), held, "?next=3");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("assignments")).isEmpty();
        assertThat(labels()).isOne();
    }

    @Test
    void a_label_is_kept_once_where_the_claim_after_it_fails() throws Exception {
        var held = first();
        var id = UUID.randomUUID();
        jdbc.sql(
                        "CREATE TRIGGER nothing_is_handed_out BEFORE INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION refuse_change()")
                .update();
        try {
            var answer = submit(id, held, "?next=1");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().has("assignments")).isFalse();
        } finally {
            jdbc.sql("DROP TRIGGER nothing_is_handed_out ON assignment").update();
        }
        assertThat(labels()).isOne();
        assertThat(jdbc.sql("SELECT state FROM slot WHERE campaign_id = ? ORDER BY state")
                        .param(campaign)
                        .query(String.class)
                        .list())
                .containsExactly("FILLED", "OPEN");
        // sent again, it is the same label with what can be handed out by now
        var again = submit(id, held, "?next=1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("assignments")).hasSize(1);
        assertThat(labels()).isOne();
    }

    @Test
    void a_database_that_cannot_be_had_is_not_asked_twice(
            @Autowired LabelService service, @Autowired AssignmentService assignments) {
        var held = assignments.claim(ann, campaign, 1).assignments().getFirst();
        var together = new LabelAndNext(service, assignments, new WithoutConnections());
        assertThatThrownBy(() -> together.submit(ann, TestSubmissions.rated(held, 4, 2), 1))
                .isInstanceOf(CannotCreateTransactionException.class);
        assertThat(labels()).isZero();
    }

    @Test
    void a_number_of_pairs_that_nobody_may_hold_is_refused_before_anything_is_kept() throws Exception {
        var held = first();
        assertThat(submit(UUID.randomUUID(), held, "?next=21").problem()).isEqualTo("422 invalid_count next");
        assertThat(labels()).isZero();
    }

    /** What the pool says when it has waited for a connection in vain. */
    private static final class WithoutConnections implements PlatformTransactionManager {
        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            throw new CannotCreateTransactionException("no connection within ten seconds");
        }

        @Override
        public void commit(TransactionStatus status) {}

        @Override
        public void rollback(TransactionStatus status) {}
    }
}
