package org.diptych.service.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pairs are found by what they are and by what was said of them. */
@ServiceTest
class PairSearchIT {
    @Autowired
    private PairSearch search;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    private UUID campaign;
    private SignedIn lead;
    private SignedIn ann;

    @BeforeEach
    void setUp() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 7, 1);
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Lea Lead", Role.ADMIN, null)
                .account();
        ann = fixture.annotators(campaign, 1).getFirst();
        jdbc.sql("UPDATE item SET category = 'colour' WHERE campaign_id = ? AND external_id IN ('item-1', 'item-2')")
                .param(campaign)
                .update();
        jdbc.sql(
                        "UPDATE item SET instruction = 'Give it 100% blue_sky' WHERE campaign_id = ? AND external_id = 'item-3'")
                .param(campaign)
                .update();
    }

    private List<String> items(
            @Nullable String instruction,
            @Nullable String item,
            @Nullable String category,
            @Nullable String model,
            @Nullable String annotator,
            @Nullable String verdict) {
        return search
                .find(
                        lead,
                        campaign,
                        new PairSearch.Wanted(instruction, item, category, model, annotator, verdict, null),
                        50)
                .stream()
                .map(PairSearch.Found::item)
                .toList();
    }

    @Test
    void pairs_are_found_by_instruction_item_category_and_model() {
        assertThat(items("BLUE_", null, null, null, null, null)).containsExactly("item-3");
        assertThat(items("0% b", null, null, null, null, null)).containsExactly("item-3");
        assertThat(items("make%red", null, null, null, null, null)).isEmpty();
        assertThat(items(null, "item-5", null, null, null, null)).containsExactly("item-5");
        assertThat(items(null, null, "colour", null, null, null)).containsExactly("item-1", "item-2");
        assertThat(items("red", null, "colour", "editor-1", null, null)).containsExactly("item-1", "item-2");
        assertThat(items(null, null, null, "nobody", null, null)).isEmpty();
        assertThat(search.models(lead, campaign)).containsExactly("editor-0", "editor-1");
        assertThat(search.categories(lead, campaign)).containsExactly("colour");
    }

    @Test
    void pairs_are_found_by_who_answered_them_and_with_what() {
        var held = assignments.claim(ann, campaign, 2).assignments();
        labels.submit(ann, TestSubmissions.rated(held.getFirst(), 3, 3));
        labels.submit(ann, TestSubmissions.rated(held.getLast(), 4, 1));

        assertThat(items(null, null, null, null, ann.name(), null)).hasSize(2);
        assertThat(items(null, null, null, null, ann.name(), "tie")).hasSize(1);
        assertThat(items(null, null, null, null, "somebody-else", null)).isEmpty();
        assertThat(items(null, null, null, null, null, "both_bad")).isEmpty();
    }

    @Test
    void pages_follow_each_other_without_a_gap() {
        var found = new ArrayList<String>();
        UUID after = null;
        for (int page = 0; page < 4; page++) {
            var pairs =
                    search.find(lead, campaign, new PairSearch.Wanted(null, null, null, null, null, null, after), 2);
            pairs.forEach(pair -> found.add(pair.item()));
            after = pairs.getLast().id();
        }
        assertThat(found).hasSize(7).doesNotHaveDuplicates();
    }
}
