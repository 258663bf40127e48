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
import java.sql.DriverManager;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a lead sees of a campaign of 3,000 judgements, three of whose twelve annotators are at fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class AgreementPageIT {
    private static final Path CAMPAIGN = Path.of("../backend/service/src/test/resources/campaign-with-faults.sql");

    @TempDir
    private static Path folder;

    private DemoInBrowser demo;
    private String address;

    @BeforeAll
    void a_campaign_with_faults() throws Exception {
        var data = folder.resolve("data");
        demo = DemoInBrowser.start(data);
        var port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        var password = Files.readString(data.resolve("database.password")).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/diptych", "diptych", password);
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(CAMPAIGN));
            try (var row = statement.executeQuery("SELECT id FROM campaign WHERE name = 'Campaign with faults'")) {
                row.next();
                address = demo.url() + "/campaigns/" + row.getString(1) + "/agreement";
            }
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (demo != null) {
            demo.close();
        }
    }

    private static Locator panel(Page page, String heading) {
        return page.locator("section.panel")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    private BrowserContext context(ColorScheme scheme) {
        return demo.browser()
                .newContext(new Browser.NewContextOptions()
                        .setColorScheme(scheme)
                        .setViewportSize(1280, 720)
                        .setAcceptDownloads(true));
    }

    @Test
    void a_lead_finds_the_faults_follows_them_to_their_pairs_and_takes_the_figures_along() throws Exception {
        try (var context = context(ColorScheme.LIGHT)) {
            var page = demo.signedIn(context, "lead");
            page.navigate(address + "?stratum=all");

            var findings = panel(page, "What deserves a look");
            assertThat(findings.getByText(Pattern.compile("^Ken Clicker agrees with the others")))
                    .isVisible();
            assertThat(findings.getByText(Pattern.compile("^Without Ken Clicker, alpha would be")))
                    .isVisible();
            assertThat(findings.getByText(Pattern.compile("^Stylization is at alpha")))
                    .isVisible();
            assertThat(findings.getByText(Pattern.compile("^Lea Lefttaker picks the left picture")))
                    .isVisible();
            assertThat(violations(page)).isEmpty();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();

            page.locator("#main vaadin-select").first().click();
            page.locator("vaadin-select-item")
                    .filter(new Locator.FilterOptions().setHasText("Overall"))
                    .click();
            assertThat(page).hasURL(Pattern.compile(".*dimension=overall.*"));
            assertThat(panel(page, "What deserves a look")
                            .getByText(Pattern.compile("^Mo Drifter agreed with the others")))
                    .isVisible();

            var download = page.waitForDownload(() -> panel(page, "Position bias")
                    .locator("button[aria-label='Download as CSV']")
                    .click());
            assertThat(Files.readString(download.path()))
                    .startsWith("category,series,estimate,low,high,note")
                    .contains("Lea Lefttaker");
            var picture = page.waitForDownload(() -> panel(page, "Alpha by week")
                    .locator("button[aria-label='Download as PNG']")
                    .click());
            assertThat(Files.size(picture.path())).isGreaterThan(5_000);
            var matrix = panel(page, "Annotator against annotator");
            var drawing = page.waitForDownload(
                    () -> matrix.locator("button[aria-label='Download as SVG']").click());
            assertThat(Files.readString(drawing.path())).startsWith("<svg").contains("Ken Clicker");

            matrix.locator("td button[aria-label^='Ken Clicker and Ada Berg']").click();
            assertThat(page).hasURL(Pattern.compile("(?=.*one=ken).*other=ada.*"));
            var between = panel(page, "Disputed between ken and ada");
            between.locator("a[href*='/pairs/']").first().click();
            assertThat(page).hasURL(Pattern.compile(".*/pairs/[0-9a-f-]{36}.*"));
        }
    }

    @Test
    void the_page_is_accessible_in_the_dark() throws Exception {
        try (var context = context(ColorScheme.DARK)) {
            var page = demo.signedIn(context, "lead");
            page.navigate(address + "?stratum=all&level=nominal&category=Stylization");
            panel(page, "Most disputed pairs").locator("tbody tr").first().waitFor();
            assertThat(violations(page)).isEmpty();
        }
    }

    private static List<String> violations(Page page) {
        // what opens late must be there
        page.waitForTimeout(500);
        return Accessibility.violations(page);
    }
}
