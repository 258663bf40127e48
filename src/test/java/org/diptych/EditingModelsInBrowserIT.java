package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on which a lead sees which editing model wins, what annotators are owed, and which gold is worn. */
@NullUnmarked
class EditingModelsInBrowserIT {
    @TempDir
    private static Path folder;

    @Test
    void models_are_ranked_work_is_counted_and_gold_is_retired_in_light_and_dark() throws Exception {
        try (var demo = DemoInBrowser.start(folder.resolve("data"));
                var light = context(demo, ColorScheme.LIGHT);
                var dark = context(demo, ColorScheme.DARK)) {
            // as many as a ranking needs
            demo.simulate(folder, 120);
            var page = demo.signedIn(light, "lead");
            var campaign = demo.campaign(page, "Procedural edits");
            var found = new ArrayList<String>();

            page.navigate(campaign + "/ranking");
            assertThat(page.getByText(Pattern.compile("Only pairs that were drawn at random")))
                    .isVisible();
            button(page, "All, weighted").click();
            assertThat(page).hasURL(Pattern.compile(".*/ranking\\?population=weighted"));
            assertThat(page.getByText(Pattern.compile("inverse of the probability")))
                    .isVisible();
            assertThat(page.locator("dot-whisker svg")).isVisible();
            found.addAll(faults(page));
            button(page, "Consensus of a pair").click();
            assertThat(page).hasURL(Pattern.compile("(?=.*population=weighted).*answers=consensus.*"));
            assertThat(page.getByText(Pattern.compile("A consensus has no sides")))
                    .isVisible();
            assertThat(downloaded(page, "Download CSV")).startsWith("\"protocol\",\"population\"");

            page.navigate(campaign + "/annotators");
            page.getByText("Payment report").click();
            assertThat(page).hasURL(Pattern.compile(".*/annotators/payment"));
            page.getByLabel("Rate per judgement").fill("-1");
            page.keyboard().press("Tab");
            button(page, "Save settings").click();
            assertThat(page.getByText("A number from 0 to 1,000,000 with at most four decimals.")
                            .first())
                    .isVisible();
            page.getByLabel("Rate per judgement").fill("0.2");
            page.keyboard().press("Tab");
            button(page, "Save settings").click();
            assertThat(page.getByText("Saved. The report shows it.")).isVisible();
            found.addAll(faults(page));
            assertThat(downloaded(page, "Download CSV")).contains("amount_per_judgement");
            page.navigate(campaign + "/audit");
            assertThat(page.getByText("Payment report exported").first()).isVisible();

            // the other demo campaign has pairs whose answer is known
            page.navigate(demo.campaign(page, "Qualification") + "/annotators");
            var gold = panel(page, "Pairs whose answer is known");
            var retire = gold.getByRole(
                    AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Retire: ")));
            assertThat(retire.first()).isVisible();
            found.addAll(faults(page));
            int pairs = retire.count();
            retire.first().click();
            assertThat(retire).hasCount(pairs - 1);
            assertThat(gold.getByText("Retired", new Locator.GetByTextOptions().setExact(true)))
                    .hasCount(1);

            var night = demo.signedIn(dark, "lead");
            for (var place : List.of("/ranking?population=weighted", "/annotators", "/annotators/payment")) {
                night.navigate(campaign + place);
                found.addAll(faults(night));
            }
            assertThat(found).isEmpty();
        }
    }

    private static BrowserContext context(DemoInBrowser demo, ColorScheme scheme) {
        return demo.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 720));
    }

    private static String downloaded(Page page, String words) throws Exception {
        var download = page.waitForDownload(() -> page.getByText(words).click());
        return Files.readString(download.path());
    }

    private static Locator button(Page page, String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private static Locator panel(Page page, String heading) {
        return page.locator("section.panel")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    private static List<String> faults(Page page) {
        page.locator("h1").first().waitFor();
        var found = new ArrayList<>(Accessibility.violations(page));
        if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
            found.add(page.url() + " is wider than the window");
        }
        return found;
    }
}
