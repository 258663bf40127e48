package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A newcomer's way into the demo campaign that has a qualification set, on the built program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class QualificationInBrowserIT {
    private static final String TRUTH = "/demo/procedural-edits/truth.jsonl";

    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.shared();
    }

    @Test
    void a_newcomer_qualifies_by_keyboard_and_the_lead_sees_it() throws Exception {
        try (var theirs = demo.browser().newContext();
                var leads = demo.browser().newContext()) {
            var lead = demo.signedIn(leads, "lead");
            var page = demo.signedIn(theirs, "annotator");
            var campaign = campaign(page);
            var ratings = ratingsByPicture(lead, campaign);

            page.navigate(demo.url());
            assertThat(card(page)).containsText("A test comes first. Questions: 4. Tries left: 3.");
            assertThat(card(page)).not().containsText("open");
            assertThat(card(page).locator("a.button")).hasText("Start with the guideline and a test (about 10 min)");
            assertThat(page.locator(".card a.primary")).hasCount(1);
            page.navigate(demo.url() + "/annotate/" + campaign);
            assertThat(title(page)).hasText("Read the guideline");
            press(page, "Enter");
            for (int example = 1; example <= 4; example++) {
                assertThat(title(page)).hasText("Example " + example + " of 4");
                painted(page);
                press(page, "3", "4", "Enter");
                assertThat(page.locator(".verdict")).containsText("Why:");
                press(page, "Enter");
            }
            assertThat(title(page)).hasText("Qualification");
            press(page, "Enter");
            for (int question = 1; question <= 4; question++) {
                if (question == 4) {
                    page.navigate(demo.url());
                    assertThat(card(page).locator("a.button")).hasText("Go on with the test, question 4 of 4");
                    page.navigate(demo.url() + "/annotate/" + campaign);
                    assertThat(page.locator(".training .submit")).containsText("Go on with question 4 of 4");
                    press(page, "Enter");
                }
                assertThat(page.locator(".progress")).containsText(question + " of 4");
                answer(page, ratings);
            }
            assertThat(title(page)).hasText("You are ready");
            assertThat(page.locator(".score")).containsText("100 %");
            press(page, "Enter");
            assertThat(page.locator(".foot .undo")).isVisible();
            page.navigate(demo.url());
            assertThat(card(page).locator("a.button")).hasText("Label");

            lead.navigate(demo.url() + "/campaigns/" + campaign + "/annotators");
            assertThat(lead.getByText("Demo annotator").first()).isVisible();
            assertThat(lead.getByText("Qualified", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(lead.locator("table.figures").first()).containsText("100%");
        }
    }

    /** The campaign on the home page. */
    private static Locator card(Page page) {
        return page.locator(".card").filter(new Locator.FilterOptions().setHasText("Qualification"));
    }

    private static void painted(Page page) {
        page.waitForFunction("() => document.querySelector('annotation-workspace')?.shadowRoot"
                + "?.querySelector('pair-viewer')?.painted");
    }

    private static String campaign(Page page) {
        var campaigns = json(page, "/api/v1/annotate/campaigns");
        for (var campaign : JsonMapper.shared().readTree(campaigns)) {
            if (campaign.path("name").asString().equals("Qualification")) {
                return campaign.path("id").asString();
            }
        }
        throw new AssertionError("no such campaign among " + campaigns);
    }

    /** The true ratings of the pictures, as the answer key has them. */
    private static Map<String, JsonNode> ratingsByPicture(Page lead, String campaign) throws IOException {
        var truths = new HashMap<String, JsonNode>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Diptych.class.getResourceAsStream(TRUTH)), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(JsonMapper.shared()::readTree)
                    .forEach(truth -> truths.put(truth.path("image").asString(), truth));
        }
        var ratings = new HashMap<String, JsonNode>();
        json(lead, "/api/v1/campaigns/" + campaign + "/candidates").lines().forEach(line -> {
            var candidate = JsonMapper.shared().readTree(line);
            if (candidate.path("item").asString().startsWith("test-")) {
                ratings.put(
                        candidate.path("sha256").asString(),
                        truths.get(candidate.path("image").asString()));
            }
        });
        assertThat(ratings).hasSize(8);
        return ratings;
    }

    private static void answer(Page page, Map<String, JsonNode> ratings) {
        var sides = List.of("a", "b").stream()
                .map(side -> page.locator("pair-viewer").evaluate("(viewer, side) => viewer[side]", side))
                .map(address -> ratings.get(address.toString().split("/")[2]))
                .toList();
        for (var dimension : List.of("instruction_following", "visual_quality")) {
            sides.forEach(truth -> press(page, truth.path(dimension).toString()));
        }
        press(page, "Enter");
    }

    private static String json(Page page, String address) {
        return page.evaluate("address => fetch(address).then(answer => answer.text())", address)
                .toString();
    }

    private static Locator title(Page page) {
        return page.locator(".training h1");
    }

    private static void press(Page page, String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }
}
