package org.diptych.service.adjudication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign of four pairs with two labels each, whose annotators may be told what to say of each pair. */
@NullUnmarked
final class DisputedCampaign {
    final UUID id;
    final SignedIn lead;
    final List<SignedIn> annotators;
    private final AssignmentService assignments;
    private final LabelService labels;
    private final AccountService accounts;
    private final JdbcClient jdbc;

    DisputedCampaign(ApplicationContext context) {
        assignments = context.getBean(AssignmentService.class);
        labels = context.getBean(LabelService.class);
        accounts = context.getBean(AccountService.class);
        jdbc = context.getBean(JdbcClient.class);
        var fixture = new CampaignFixture(jdbc, accounts);
        id = fixture.campaign("edit-preference-v1", 4, 2);
        annotators = fixture.annotators(id, 3);
        lead = member("LEAD");
    }

    /** A new account with a role in the campaign. */
    SignedIn member(String role) {
        var account = accounts.createAccount("m" + UUID.randomUUID(), "Somebody", Role.ANNOTATOR, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, ?)")
                .params(id, account.id(), role)
                .update();
        return account;
    }

    /** The pair of an item; item 0 and item 3 are in the uniform stratum. */
    UUID pair(int item) {
        return jdbc.sql(
                        "SELECT p.id FROM pair p JOIN item i ON i.id = p.item_id WHERE i.campaign_id = ? AND external_id = ?")
                .params(id, "item-" + item)
                .query(UUID.class)
                .single();
    }

    /** Lets somebody answer all that they are given: 4 against 1 for the edit that is named by pair, else for the first. */
    void answer(SignedIn who, Map<UUID, String> better) {
        for (var claim = assignments.claim(who, id, 5).assignments();
                !claim.isEmpty();
                claim = assignments.claim(who, id, 5).assignments()) {
            for (var assignment : claim) {
                var row = jdbc.sql("SELECT pair_id, swapped FROM assignment WHERE id = ?")
                        .param(assignment.id())
                        .query()
                        .singleRow();
                boolean first = better.getOrDefault(row.get("pair_id"), "first").equals("first");
                boolean left = first != (Boolean) row.get("swapped");
                labels.submit(who, TestSubmissions.rated(assignment, left ? 4 : 1, left ? 1 : 4));
            }
        }
    }

    /** One says the first edit is better everywhere, another says so but for the given items. */
    void disagreeOn(int... items) {
        answer(annotators.get(0), Map.of());
        var better = new HashMap<UUID, String>();
        for (int item : items) {
            better.put(pair(item), "second");
        }
        answer(annotators.get(1), better);
    }

    /** Answers in the sides of a pair as somebody sees it, by which the second edit is better. */
    Map<String, JsonNode> second(DisputedPair pair) {
        var image = jdbc.sql("""
                        SELECT c.image_sha256 FROM pair p JOIN candidate c ON c.id = p.second_candidate_id WHERE p.id = ?""").param(pair.pair()).query(String.class).single();
        boolean left = pair.left().sha256().equals(image);
        JsonNode ratings =
                JsonMapper.shared().readTree("{\"left\": %d, \"right\": %d}".formatted(left ? 4 : 1, left ? 1 : 4));
        return Map.of("instruction_following", ratings, "visual_quality", ratings);
    }

    /** A decision for the second edit by somebody who has read the pair as it is. */
    Decision forSecond(DisputedPair pair, String reason) {
        var verdict = pair.verdict();
        return new Decision(pair.protocolSha256(), verdict == null ? null : verdict.id(), second(pair), reason, false);
    }
}
