package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product as people meet it: the built jar, a real browser, an annotator at the keyboard, a lead who downloads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class AnnotationInBrowserIT {
    private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

    private static final String CAMPAIGN = "Procedural edits";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.start(folder.resolve("data"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.close();
    }

    private static Locator answers(Page page) {
        return page.getByRole(AriaRole.RADIOGROUP).getByRole(AriaRole.RADIO).and(page.locator("[aria-checked=true]"));
    }

    private void openWorkspace(Page page) {
        page.navigate(demo.url() + "/");
        var row = page.locator("a[href*=annotate]");
        row.first().waitFor();
        for (int i = 0; i < row.count(); i++) {
            page.navigate(demo.url() + "/" + row.nth(i).getAttribute("href"));
            page.getByText("Edit A").first().waitFor();
            if (page.getByText(CAMPAIGN).count() > 0) {
                return;
            }
            page.navigate(demo.url() + "/");
            row.first().waitFor();
        }
        throw new AssertionError("the annotator is not in " + CAMPAIGN);
    }

    private static void waitForLabels(Page page, int wanted) throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var stored =
                    page.evaluate("fetch(`/api/v1/annotate/campaigns/${location.pathname.split('/').pop()}/labels`)"
                            + ".then(answer => answer.json()).then(labels => labels.length)");
            if (Integer.valueOf(wanted).equals(stored)) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the server did not get " + wanted + " labels");
    }

    private static void type(Page page, String keys) {
        for (var key : keys.split("")) {
            page.keyboard().press(key);
        }
    }

    @Test
    @Order(1)
    void an_annotator_labels_three_pairs_by_keyboard_and_a_reload_loses_nothing() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "annotator");
            openWorkspace(page);
            int before = answers(page).count();
            type(page, "42");
            assertThat(answers(page)).hasCount(before + 2);

            page.reload();

            page.getByText("Edit A").first().waitFor();
            assertThat(answers(page)).hasCount(before + 2);
            type(page, "31");
            page.keyboard().press("Enter");
            assertThat(answers(page)).hasCount(before);
            for (int pair = 0; pair < 2; pair++) {
                type(page, "1234");
                assertThat(answers(page)).hasCount(before + 4);
                page.keyboard().press("Enter");
                assertThat(answers(page)).hasCount(before);
            }
            assertThat(page.getByText("3 today").first()).isVisible();
            // the count is the annotator's own; the server has them when the outbox is empty
            waitForLabels(page, 3);
        }
    }

    @Test
    @Order(2)
    void a_lead_sees_agreement_and_downloads_what_was_labelled() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + "/campaigns");
            page.getByText(CAMPAIGN)
                    .filter(new Locator.FilterOptions().setVisible(true))
                    .last()
                    .click();
            page.waitForURL(Pattern.compile(".*/campaigns/[0-9a-f-]{36}"));
            // three answers of one annotator: no pair has two, so alpha is undefined and the page says why
            assertThat(page.getByText("Undefined").first()).isVisible();

            page.navigate(page.url() + "/export");
            var download = page.waitForDownload(
                    () -> page.locator("a[download]").first().click());
            var file = folder.resolve("labels.jsonl");
            download.saveAs(file);

            var labels = Files.readAllLines(file).stream()
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertThat(labels).hasSize(3);
            assertThat(screenAnswer(labels.getFirst(), "instruction_following")).isEqualTo("4 2");
            assertThat(screenAnswer(labels.getFirst(), "visual_quality")).isEqualTo("3 1");
            assertThat(labels).allSatisfy(label -> {
                assertThat(label.path("annotator").stringValue()).isEqualTo("annotator");
                assertThat(label.path("protocol").stringValue()).isEqualTo("edit-preference-v1");
                assertThat(label.path("active_milliseconds").longValue()).isPositive();
            });

            exportByTheWorker(page, file);
        }
    }

    /** The same file again, written beside the page and kept; what is mistyped stays, and says so. */
    private void exportByTheWorker(Page page, Path direct) throws Exception {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Preview").setExact(true))
                .first()
                .click();
        assertThat(page.getByText("The first 3 rows.")).isVisible(PATIENTLY);
        var split = page.getByLabel("Parts");
        split.fill("80/80/80");
        split.press("Tab");
        var start = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start export"));
        start.click();
        assertThat(page.getByText("A split is three whole numbers")).isVisible(PATIENTLY);
        assertThat(split).hasValue("80/80/80");
        split.fill("");
        split.press("Tab");
        start.click();
        var kept = page.locator("a[href*='/exports/']");
        assertThat(kept).isVisible(PATIENTLY);
        var again = folder.resolve("again.jsonl");
        page.waitForDownload(kept::click).saveAs(again);
        assertThat(again).hasSameBinaryContentAs(direct);
    }

    /** What was pressed: the stored answer seen through the sides that were shown. */
    private static String screenAnswer(JsonNode label, String dimension) {
        var answer = label.path("answers").path(dimension);
        var first = answer.path("first").intValue();
        var second = answer.path("second").intValue();
        return label.path("left").stringValue().equals("first") ? first + " " + second : second + " " + first;
    }
}
