package org.diptych.service.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.List;
import java.util.UUID;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.ranking.CampaignRanking.Cell;
import org.diptych.service.ranking.CampaignRanking.State;
import org.diptych.service.ranking.RankingChoice.Answers;
import org.diptych.service.ranking.RankingChoice.Population;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Editing models ranked by labels in a real database. */
@ServiceTest
@NullUnmarked
class RankingIT {
    @Autowired
    RankingService rankings;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext context;

    private SignedIn lead;
    private RankedCampaign campaign;

    @BeforeEach
    void a_campaign_of_three_annotators() {
        var people = List.of(person(Role.ANNOTATOR), person(Role.ANNOTATOR), person(Role.ANNOTATOR));
        lead = person(Role.ADMIN);
        campaign = new RankedCampaign(jdbc, people.stream().map(SignedIn::id).toList());
    }

    private SignedIn person(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    private CampaignRanking.Dimension overall(RankingChoice choice) {
        return rankings.of(lead, campaign.id, choice).dimensions().getFirst();
    }

    private static CampaignRanking.Model model(CampaignRanking.Dimension dimension, String name) {
        return dimension.models().stream()
                .filter(model -> model.model().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_stronger_model_stands_first_overall_on_each_dimension_and_in_each_category() {
        campaign.measured(120);

        var ranking = rankings.of(lead, campaign.id, RankingChoice.USUAL);

        assertThat(ranking.protocol()).isEqualTo("edit-preference-v1");
        assertThat(ranking.dimensions())
                .extracting(CampaignRanking.Dimension::dimension)
                .containsExactly("overall", "instruction_following", "visual_quality");
        var overall = ranking.dimensions().getFirst();
        assertThat(overall.state()).isEqualTo(State.RANKED);
        assertThat(overall.models())
                .extracting(CampaignRanking.Model::model)
                .containsExactly("model a", "model b", "model c");
        assertThat(overall.comparisons()).isEqualTo(360);
        assertThat(overall.effective()).isCloseTo(360, within(1e-9));
        assertThat(overall.sources()).isEqualTo(120);
        var best = overall.models().getFirst();
        assertThat(best.strength().low()).isPositive();
        assertThat(best.preferred().low()).isGreaterThan(0.5);
        assertThat(best.rank().value()).isEqualTo(1);
        assertThat(overall.positionBias().low()).isPositive();
        // each comparison is one of the strongest's, seen from either side
        assertThat(overall.models().stream()
                        .mapToDouble(CampaignRanking.Model::wins)
                        .sum())
                .isEqualTo(overall.models().stream()
                        .mapToDouble(CampaignRanking.Model::losses)
                        .sum());
        for (var category : List.of("colour", "remove")) {
            var one = rankings.of(lead, campaign.id, new RankingChoice(Population.UNIFORM, Answers.RAW, category));
            assertThat(one.categories()).containsExactly("colour", "remove");
            assertThat(one.dimensions().getFirst().comparisons()).isEqualTo(180);
            assertThat(one.dimensions().getFirst().models().getFirst().model()).isEqualTo("model a");
        }
        assertThat(rankings.byCategory(lead, campaign.id, RankingChoice.USUAL, "overall"))
                .extracting(CampaignRanking::category)
                .containsExactly("colour", "remove");
    }

    @Test
    void by_consensus_a_pair_counts_once_and_has_no_sides() {
        campaign.measured(120);

        var overall = overall(new RankingChoice(Population.UNIFORM, Answers.CONSENSUS, null));

        assertThat(overall.state()).isEqualTo(State.RANKED);
        assertThat(overall.comparisons()).isEqualTo(120);
        assertThat(overall.positionBias()).isNull();
        assertThat(overall.models().getFirst().model()).isEqualTo("model a");
        assertThat(overall.models().stream()
                        .mapToDouble(CampaignRanking.Model::comparisons)
                        .sum())
                .isCloseTo(240, within(1e-6));
    }

    @Test
    void every_verdict_stands_in_the_matrix_from_both_sides_and_both_bad_is_no_win() {
        var pairs = List.of(
                campaign.pair("x", "y", "colour", "UNIFORM"),
                campaign.pair("y", "x", "colour", "UNIFORM"),
                campaign.pair("x", "y", "colour", "UNIFORM"),
                campaign.pair("x", "x", "colour", "UNIFORM"));
        campaign.label(pairs.get(0), 0, "first", false);
        campaign.label(pairs.get(1), 0, "first", true);
        campaign.label(pairs.get(1), 1, "both_bad", true);
        campaign.label(pairs.get(2), 0, "tie", false);
        campaign.label(pairs.get(3), 0, "first", false);

        var ranking = rankings.of(lead, campaign.id, RankingChoice.USUAL);

        assertThat(ranking.withinModel()).isEqualTo(1);
        var overall = ranking.dimensions().getFirst();
        assertThat(overall.state()).isEqualTo(State.TOO_FEW);
        assertThat(overall.reason()).contains("4 comparisons on 3 source images");
        assertThat(overall.matrix()).containsExactly(new Cell("x", "y", 1, 2, 1), new Cell("y", "x", 1, 2, 1));
        assertThat(model(overall, "x").strength()).isNull();
    }

    @Test
    void groups_that_were_never_compared_are_named_and_not_ranked() {
        for (int each = 0; each < 40; each++) {
            campaign.label(
                    campaign.pair(each % 2 == 0 ? "a" : "c", each % 2 == 0 ? "b" : "d", "colour", "UNIFORM"),
                    0,
                    each % 4 == 0 ? "first" : "second",
                    false);
        }

        var overall = overall(RankingChoice.USUAL);

        assertThat(overall.state()).isEqualTo(State.DISCONNECTED);
        assertThat(overall.groups()).containsExactlyInAnyOrder(List.of("a", "b"), List.of("c", "d"));
        assertThat(overall.reason()).contains("no common scale");
        assertThat(model(overall, "a").strength()).isNull();
    }

    @Test
    void what_a_model_chose_counts_by_the_inverse_of_its_probability_and_only_where_that_is_asked() {
        // the policy asks mostly where x loses
        for (int each = 0; each < 120; each++) {
            boolean lost = each % 4 != 0;
            var pair = campaign.pair("x", "y", "colour", "ACQUIRED");
            campaign.choose(pair, lost ? 0.06 : 0.02, 50);
            campaign.label(pair, 0, lost ? "second" : "first", each / 4 % 2 == 0);
        }
        var weighted = overall(new RankingChoice(Population.WEIGHTED, Answers.RAW, null));

        // 90 losses of weight 1/3 and 30 wins of weight 1: as many
        assertThat(model(weighted, "x").preferred().value()).isCloseTo(0.5, within(0.01));
        assertThat(weighted.comparisons()).isEqualTo(120);
        // (90/3 + 30)^2 / (90/9 + 30)
        assertThat(weighted.effective()).isCloseTo(90, within(1e-6));
        assertThat(model(weighted, "x").losses()).isEqualTo(90);
        assertThat(overall(RankingChoice.USUAL).comparisons()).isZero();
    }

    @Test
    void a_new_label_is_in_the_next_ranking_and_without_one_the_same_figures_come_back() {
        campaign.measured(40);
        var before = overall(RankingChoice.USUAL);
        assertThat(overall(RankingChoice.USUAL)).isSameAs(before);

        campaign.label(campaign.pair("model a", "model c", "colour", "UNIFORM"), 0, "first", false);

        assertThat(overall(RankingChoice.USUAL).comparisons()).isEqualTo(before.comparisons() + 1);
    }

    @Test
    void after_a_move_of_the_protocol_the_labels_of_the_version_before_are_ranked_until_there_are_others() {
        campaign.measured(40);
        jdbc.sql("""
                        UPDATE campaign SET protocol_sha256 =
                            (SELECT sha256 FROM protocol WHERE id || '-v' || version = 'edit-comparison-v1') WHERE id = ?""").param(campaign.id).update();

        var ranking = rankings.of(lead, campaign.id, RankingChoice.USUAL);

        assertThat(ranking.protocol()).isEqualTo("edit-preference-v1");
        assertThat(ranking.dimensions().getFirst().comparisons()).isEqualTo(120);
    }

    @Test
    void programs_read_it_as_json_and_csv_and_are_told_of_a_wrong_word() throws Exception {
        campaign.measured(60);
        campaign.label(campaign.pair("=HYPERLINK(1)", "model a", "colour", "UNIFORM"), 0, "first", false);
        var http = new HttpFixture(context);
        var path = "/api/v1/campaigns/" + campaign.id + "/ranking";

        var json = http.send(lead, get(path)).json();
        assertThat(json.at("/dimensions/0/models/0/strength/low").isNumber()).isTrue();
        assertThat(json.path("interval").asString()).contains("source images");
        assertThat(json.path("population").asString()).isEqualTo("uniform");

        var csv = http.send(lead, get(path + ".csv")).response();
        assertThat(csv.getContentType()).startsWith("text/csv");
        assertThat(csv.getContentAsString())
                .contains("\"overall\",\"ranked\",\"model a\",")
                .contains("\"'=HYPERLINK(1)\"")
                .contains("\"colour\",\"visual_quality\"");

        assertThat(http.send(lead, get(path + "?population=some")).problem()).isEqualTo("422 invalid_value population");
        assertThat(http.send(lead, get(path + "?category=none")).problem()).isEqualTo("404 unknown_category");
    }
}
