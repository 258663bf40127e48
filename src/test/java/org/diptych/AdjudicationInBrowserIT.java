package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disputed pairs of the demo campaign are decided by keys alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class AdjudicationInBrowserIT {
    @TempDir
    private static Path folder;

    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.start(folder.resolve("data"));
        // enough that some pairs are disputed, whatever the annotators that are made answer
        demo.simulate(folder, 460);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (demo != null) {
            demo.close();
        }
    }

    private void open(Page page) {
        page.navigate(demo.campaign(page, "Procedural edits") + "/adjudicate");
        page.locator(".heard tbody tr").first().waitFor();
    }

    @Test
    void a_pair_is_decided_and_the_next_one_opened_by_keys_alone() throws Exception {
        try (var context = demo.browser().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
            var page = demo.signedIn(context, "lead");
            open(page);
            int waiting = page.locator(".waiting a").count();
            var first = page.locator(".waiting a").first().getAttribute("href");

            page.keyboard().press("j");
            assertThat(page.locator(".waiting a").nth(1)).hasAttribute("aria-current", "true");
            page.keyboard().press("ArrowUp");
            assertThat(page.locator(".waiting a").first()).hasAttribute("aria-current", "true");

            // what is missing is said, and nothing is sent
            page.keyboard().press("Enter");
            assertThat(page.locator(".bench > .status")).containsText("Answer every dimension first.");

            int groups = page.locator(".yours [role=radiogroup]").count();
            for (int cell = 0; cell < groups; cell++) {
                page.keyboard().press(cell % 2 == 0 ? "1" : "4");
            }
            assertThat(page.locator(".yours [role=radio][aria-checked=true]")).hasCount(groups);
            page.keyboard().press("c");
            page.keyboard().type("The left one leaves the object in place, 1 of 2.");
            page.keyboard().press("Control+Enter");

            assertThat(page.locator(".bench > .status")).containsText("Decided.");
            assertThat(page.locator(".waiting a")).hasCount(Math.min(waiting - 1, 50));
            assertThat(page.locator(".waiting a").first()).not().hasAttribute("href", first);
            assertThat(page.locator(".waiting a[aria-current=true]")).hasCount(1);

            page.locator(".bench > .status button").click();
            assertThat(page.locator(".past")).containsText("leaves the object in place");
        }
    }

    @Test
    void neither_names_of_people_nor_of_models_reach_the_page() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            var answers = new ArrayList<Response>();
            page.onResponse(response -> {
                if (response.url().contains("/adjudications")) {
                    answers.add(response);
                }
            });
            open(page);
            assertThat(String.join("\n", answers.stream().map(Response::text).toList()))
                    .contains("\"person\"")
                    .doesNotContain("\"model\"", "annotatorId", "\"annotator\"", "displayName", "stratum");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_page_is_accessible_and_fits_its_window(ColorScheme scheme) throws Exception {
        try (var context = demo.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 720))) {
            var page = demo.signedIn(context, "lead");
            open(page);
            assertThat(Accessibility.violations(page)).isEmpty();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
        }
    }
}
