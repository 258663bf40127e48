package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages on which leads look for pairs, look at one, read what annotators wrote, and change a campaign that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class PairPagesInBrowserIT {
    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.shared();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_pages_are_accessible_and_fit_their_width(ColorScheme scheme) throws Exception {
        try (var context = demo.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 720))) {
            var page = demo.signedIn(context, "lead");
            var campaign = campaign(page);
            var found = new ArrayList<String>();
            for (var place : List.of("/pairs", "/inbox?state=all", "/settings")) {
                page.navigate(demo.url() + campaign + place);
                found.addAll(faults(page));
            }
            openFirstPair(page, campaign);
            found.addAll(faults(page));
            assertThat(found).isEmpty();
        }
    }

    @Test
    void names_are_hidden_on_a_pair_until_they_are_revealed_which_its_history_records() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            openFirstPair(page, campaign(page));
            assertThat(page.locator("figure, .picture img")).hasCount(3);

            button(page, "Reveal names").click();

            assertThat(page.getByText(Pattern.compile("Names revealed to")).first())
                    .isVisible();
            assertThat(button(page, "Reveal names")).hasCount(0);

            button(page, "Take out of the queue").click();
            assertThat(page.getByText(Pattern.compile("Out of the queue since")))
                    .isVisible();
            button(page, "Put back into the queue").click();
            assertThat(page.getByText(Pattern.compile("Out of the queue since")))
                    .hasCount(0);
        }
    }

    @Test
    void the_search_is_in_the_address_and_finds_by_item() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + campaign(page) + "/pairs");
            page.getByLabel("Item id").fill("no such item");
            button(page, "Search").click();

            assertThat(page.getByText("No pair matches.", new Page.GetByTextOptions().setExact(false)))
                    .isVisible();
            assertThat(page).hasURL(Pattern.compile(".*/pairs\\?item=no.*"));
        }
    }

    @Test
    void the_filters_of_the_inbox_are_in_the_address() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + campaign(page) + "/inbox");
            button(page, "Flags").click();

            assertThat(page).hasURL(Pattern.compile(".*/inbox\\?.*kind=flag.*"));
            assertThat(button(page, "Flags")).hasAttribute("aria-pressed", "true");
        }
    }

    @Test
    void two_leads_who_change_the_settings_at_once_are_told_and_keep_what_they_typed() throws Exception {
        try (var one = demo.browser().newContext();
                var other = demo.browser().newContext()) {
            var first = demo.signedIn(one, "lead");
            var second = demo.signedIn(other, "lead");
            var address = demo.url() + campaign(first) + "/settings";
            first.navigate(address);
            second.navigate(address);
            var hers = second.getByLabel("Train again after labels");
            hers.waitFor();

            typed(first, "Train again after labels", "0");
            button(first, "Save settings").click();
            assertThat(first.getByText("A whole number of at least 1.").first()).isVisible();
            assertThat(first.getByLabel("Train again after labels")).hasValue("0");
            typed(first, "Train again after labels", "77");
            button(first, "Save settings").click();
            assertThat(first.locator(".note.ok")).isVisible();

            typed(second, "Train again after labels", "55");
            button(second, "Save settings").click();
            assertThat(second.locator(".note.warn")).isVisible();
            assertThat(hers).hasValue("55");
            button(second, "Load their settings").click();
            assertThat(hers).hasValue("77");
        }
    }

    @Test
    void a_campaign_is_paused_and_resumed_from_the_list_and_closed_only_after_a_question() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            var campaign = campaign(page);
            page.getByLabel(Pattern.compile("^Pause: ")).first().click();
            assertThat(page.getByLabel(Pattern.compile("^Resume: ")).first()).isVisible();
            page.getByLabel(Pattern.compile("^Resume: ")).first().click();
            assertThat(page.getByLabel(Pattern.compile("^Resume: "))).hasCount(0);

            page.navigate(demo.url() + campaign + "/settings");
            button(page, "Close campaign").click();
            button(page, "Cancel").click();
            assertThat(button(page, "Pause")).isVisible();
        }
    }

    private static void typed(Page page, String field, String value) {
        page.getByLabel(field).fill(value);
        page.keyboard().press("Tab");
    }

    private void openFirstPair(Page page, String campaign) {
        page.navigate(demo.url() + campaign + "/pairs");
        page.locator("a.thumbs").first().click();
        page.locator(".picture img").first().waitFor();
    }

    private static Locator button(Page page, String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private String campaign(Page page) {
        page.navigate(demo.url() + "/campaigns");
        var links = page.locator("table a[href*='campaigns/']");
        links.first().waitFor();
        var href = links.first().getAttribute("href");
        return (href.startsWith("/") ? href : "/" + href).replaceAll("(/campaigns/[0-9a-f-]{36}).*", "$1");
    }

    private static List<String> faults(Page page) {
        page.locator("h1").first().waitFor();
        // what opens late must be there
        page.waitForTimeout(500);
        var found = new ArrayList<>(Accessibility.violations(page));
        if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
            found.add(page.url() + " is wider than the window");
        }
        return found;
    }
}
