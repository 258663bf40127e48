package org.diptych.service.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.LargeCampaign;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A claim steps along an index, however large the campaign is and whatever its annotator has done. */
@ServiceTest
class ClaimPlanIT {
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("campaign", "uuid");
        TYPES.put("annotator", "uuid");
        TYPES.put("from", "float8");
        TYPES.put("seconds", "integer");
        TYPES.put("swapped", "boolean");
    }

    @Autowired
    AccountService accounts;

    @Autowired
    AssignmentService assignments;

    @Autowired
    SlotQueue queue;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    private SignedIn annotatorOf(UUID campaign) {
        return new CampaignFixture(jdbc, accounts).annotators(campaign, 1).getFirst();
    }

    private void label(UUID campaign, SignedIn annotator) {
        // a fifth of the pairs is done by this annotator, and everything of theirs waits for others, too
        jdbc.sql("""
                        INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                        SELECT campaign_id, id, ?, 0, 'SKIPPED', 1, now(), false FROM pair
                        WHERE campaign_id = ? AND abs(hashtext(id::text)) % 5 = 0""").params(annotator.id(), campaign).update();
        jdbc.sql("ANALYZE").update();
    }

    /** {@code -Ddiptych.plans=10000,100000,1000000} for those of a nightly run. */
    static IntStream sizes() {
        return Stream.of(System.getProperty("diptych.plans", "1000,20000").split(","))
                .mapToInt(Integer::parseInt);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void custom_and_generic_plans_are_probes_of_the_index_of_their_half(int pairs) {
        var campaign = LargeCampaign.create(jdbc, pairs);
        var annotator = annotatorOf(campaign);
        label(campaign, annotator);
        for (var half : SlotQueue.Half.values()) {
            var index = half == SlotQueue.Half.UNIFORM ? "slot_uniform" : "slot_acquired";
            for (var plan : List.of(generic(half, campaign, annotator), custom(half, campaign, annotator))) {
                assertThat(plan)
                        .contains("slot_chosen", "Index Scan using " + index + " on slot")
                        .contains("using assignment_pair_id_annotator_id_key")
                        .doesNotContain("Seq Scan", "Hash", "Bitmap Index Scan on " + index, "Sort Key: s_");
            }
        }
    }

    /** The plan that a pooled connection settles on, which knows no parameter. */
    private String generic(SlotQueue.Half half, UUID campaign, SignedIn annotator) {
        var claim = SlotQueue.claim(half);
        int number = 0;
        for (var parameter : TYPES.keySet()) {
            claim = claim.replace(":" + parameter, "$" + ++number);
        }
        var prepare = "PREPARE claim (" + String.join(", ", TYPES.values()) + ") AS " + claim;
        var explain = "EXPLAIN EXECUTE claim ('%s', '%s', .5, 60, false)".formatted(campaign, annotator.id());
        return new JdbcTemplate(dataSource).execute((ConnectionCallback<String>) connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET plan_cache_mode = force_generic_plan");
                statement.execute(prepare);
                var lines = new ArrayList<String>();
                try (var rows = statement.executeQuery(explain)) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
                statement.execute("DEALLOCATE claim");
                statement.execute("RESET plan_cache_mode");
                return String.join("\n", lines);
            }
        });
    }

    private String custom(SlotQueue.Half half, UUID campaign, SignedIn annotator) {
        return String.join(
                "\n",
                jdbc.sql("EXPLAIN " + SlotQueue.claim(half))
                        .param("campaign", campaign)
                        .param("annotator", annotator.id())
                        .param("from", .5)
                        .param("seconds", 60)
                        .param("swapped", false)
                        .query(String.class)
                        .list());
    }

    @Test
    void every_pair_is_found_wherever_the_search_begins() {
        var campaign = LargeCampaign.create(jdbc, 20);
        var annotator = annotatorOf(campaign);
        for (var half : SlotQueue.Half.values()) {
            int found = 0;
            while (queue.leaseNext(annotator.id(), campaign, half, .999, false, 60)) {
                found++;
            }
            assertThat(found)
                    .isEqualTo(jdbc.sql("SELECT count(*) FROM pair WHERE campaign_id = ? AND (stratum = 'UNIFORM') = ?")
                            .params(campaign, half == SlotQueue.Half.UNIFORM)
                            .query(Integer.class)
                            .single());
        }
        assertThat(assignments.claim(annotator, campaign, 1).assignments()).hasSize(1);
    }
}
