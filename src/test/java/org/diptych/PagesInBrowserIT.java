package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.diptych.browser.Accessibility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages around the workspace, as leads and annotators meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class PagesInBrowserIT {
    private static final List<String> CAMPAIGN_PAGES = List.of(
            "",
            "/alerts",
            "/agreement",
            "/adjudicate",
            "/objections",
            "/settings",
            "/ranking",
            "/queue",
            "/models",
            "/annotators",
            "/annotators/payment",
            "/members",
            "/protocol",
            "/export",
            "/audit");

    private DemoInBrowser demo;

    @BeforeAll
    void start() throws Exception {
        demo = DemoInBrowser.shared();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void every_page_of_a_lead_is_accessible_and_fits_its_width(ColorScheme scheme) throws Exception {
        try (var context = demo.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 720))) {
            var page = context.newPage();
            page.navigate(demo.url() + "/login");
            page.locator("input[name=username]").waitFor();
            var found = new ArrayList<>(violations(page));
            page.close();

            page = demo.signedIn(context, "lead");
            for (var place : List.of("/", "/campaigns", "/alerts", "/campaigns/new", "/account")) {
                found.addAll(visit(page, place));
            }
            var campaign = firstCampaign(page);
            for (var place : CAMPAIGN_PAGES) {
                found.addAll(visit(page, campaign + place));
                assertThat(page).hasTitle(Pattern.compile(".+ · (Model edits|Procedural edits|Qualification)"));
            }
            page.navigate(demo.url() + campaign + "/annotators");
            var report = page.locator("table a[href*='/annotators/']").first().getAttribute("href");
            found.addAll(visit(page, report.startsWith("/") ? report : "/" + report));
            found.addAll(visit(page, campaign.replace("/campaigns/", "/my-figures/")));
            assertThat(found).isEmpty();
        }
    }

    @Test
    void a_lead_adds_a_person_who_signs_in_with_the_password_shown_once_and_is_removed_again() throws Exception {
        try (var leads = demo.browser().newContext();
                var theirs = demo.browser().newContext()) {
            var page = demo.signedIn(leads, "lead");
            page.navigate(demo.url() + firstCampaign(page) + "/members");
            page.getByLabel("User name").fill("mei");
            page.getByLabel("Full name").fill("Mei Lin");
            button(page, "Add to the campaign").click();
            var password = page.locator("code.secret").innerText();

            var hers = demo.firstSignedIn(theirs, "mei", password.strip());
            assertThat(hers.locator("a[href*=annotate]").first()).isVisible();

            page.getByLabel(Pattern.compile("Remove.*Mei Lin")).click();
            confirm(page, "Remove");
            assertThat(page.getByLabel(Pattern.compile("Remove.*Mei Lin"))).hasCount(0);
            hers.reload();
            assertThat(hers.locator("a[href*=annotate]")).hasCount(0);
        }
    }

    @Test
    void a_lead_goes_from_an_upload_to_a_campaign_leaves_on_the_way_and_comes_back(@TempDir Path folder)
            throws Exception {
        var archive = folder.resolve("wave.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (var name : List.of("source", "a", "b")) {
                zip.putNextEntry(new ZipEntry(name + ".png"));
                var picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
                picture.setRGB(name.charAt(0) % 64, 3, 0xff0000);
                ImageIO.write(picture, "png", zip);
            }
            zip.putNextEntry(new ZipEntry("manifest.jsonl"));
            zip.write(("{\"id\": \"1\", \"instruction\": \"Add a red dot.\", \"source\": \"a.png\", \"candidates\": ["
                            + "{\"model\": \"x\", \"image\": \"source.png\"}, {\"model\": \"y\", \"image\": \"b.png\"}]}\n"
                            + "{\"id\": \"2\", \"instruction\": \"Missing.\", \"source\": \"none.png\", \"candidates\": ["
                            + "{\"model\": \"x\", \"image\": \"a.png\"}, {\"model\": \"y\", \"image\": \"source.png\"}]}\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        try (var context = demo.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720))) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + "/campaigns/new");
            var name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
            name.fill("Model edits");
            button(page, "Continue").click();
            assertThat(page.locator("vaadin-text-field[invalid]")).hasCount(1);
            name.fill("Model edits, second wave");
            page.locator("vaadin-upload input[type=file]").setInputFiles(archive);
            assertThat(page.getByText("rejected, left out")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*/campaigns/new/[0-9a-f-]{36}"));
            button(page, "Continue").click();
            assertThat(page.getByText("What annotators are asked")).isVisible();
            button(page, "Continue").click();
            button(page, "Simulate").click();
            assertThat(page.getByText(Pattern.compile("None of th.*"))).isVisible();
            assertThat(violations(page)).isEmpty();

            page.navigate(demo.url() + "/campaigns");
            page.getByLabel("Continue with Model edits, second wave").click();
            assertThat(page.getByText("How much is enough")).isVisible();
            button(page, "Continue").click();
            assertThat(page.getByLabel("Share of pairs handed out")).isVisible();
            button(page, "Continue").click();
            page.getByLabel("User name").fill("second.wave");
            page.getByLabel("Full name").fill("Somebody New");
            button(page, "Add to the list").click();
            assertThat(page.getByLabel("Remove second.wave")).isVisible();
            button(page, "Continue").click();
            button(page, "Start campaign").click();
            assertThat(page.locator("code.secret")).isVisible();
            assertThat(page.getByText("Model edits, second wave has all its pairs."))
                    .isVisible();
            assertThat(violations(page)).isEmpty();

            var made = page.getByText("Open the campaign").getAttribute("href");
            // the other tests look at the campaigns of the demo
            putAway(folder, made.substring(made.lastIndexOf('/') + 1));
        }
    }

    @Test
    void somebody_changes_their_password_and_the_old_one_is_worth_nothing() throws Exception {
        try (var context = demo.browser().newContext();
                var later = demo.browser().newContext()) {
            var given = demo.account("rosa");
            var page = demo.firstSignedIn(context, "rosa", given);
            var before = DemoInBrowser.own(given);
            page.navigate(demo.url() + "/account");
            var present = page.getByLabel("Present password", new Page.GetByLabelOptions().setExact(true));
            var fresh = page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true));
            present.fill("a guess of somebody who found the page open");
            fresh.fill("a long phrase of my own");
            button(page, "Change password").click();
            assertThat(page.locator("vaadin-password-field[invalid]")).hasCount(1);
            present.fill(before);
            fresh.fill("short");
            button(page, "Change password").click();
            assertThat(page.locator("vaadin-password-field[invalid]")).hasCount(1);
            fresh.fill("a long phrase of my own");
            button(page, "Change password").click();
            assertThat(page.locator(".note.ok")).isVisible();

            demo.signedIn(later, "rosa", "a long phrase of my own").close();
            later.clearCookies();
            var refused = later.newPage();
            refused.navigate(demo.url() + "/login");
            refused.locator("input[name=username]").fill("rosa");
            refused.locator("input[name=password]").fill(before);
            refused.keyboard().press("Enter");
            refused.waitForURL(Pattern.compile(".*/login\\?error.*"));
            assertThat(refused.locator("input[name=username]")).hasValue("rosa");
        }
    }

    @Test
    void a_token_made_on_the_account_page_works_until_it_is_revoked_there() throws Exception {
        try (var context = demo.browser().newContext();
                var client = HttpClient.newHttpClient()) {
            var page = demo.signedIn(context, "lead");
            page.navigate(demo.url() + "/account");
            button(page, "Create token").click();
            var token = page.locator("code.secret").innerText().strip();
            assertThat(status(client, token)).isEqualTo(200);

            button(page, "Revoke").first().click();
            confirm(page, "Revoke token");
            assertThat(button(page, "Revoke")).hasCount(0);

            assertThat(status(client, token)).isEqualTo(401);
        }
    }

    private void putAway(Path folder, String campaign) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (var request : List.of("/state {\"state\": \"CLOSED\"}", "/archive {}")) {
                var parts = request.split(" ", 2);
                var answer = client.send(
                        HttpRequest.newBuilder(URI.create(demo.url() + "/api/v1/campaigns/" + campaign + parts[0]))
                                .header("Authorization", "Bearer " + demo.token(folder))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(parts[1]))
                                .build(),
                        BodyHandlers.discarding());
                assertThat(answer.statusCode()).isBetween(200, 204);
            }
        }
    }

    private static void confirm(Page page, String verb) {
        page.locator("vaadin-confirm-dialog vaadin-button[slot=confirm-button]")
                .filter(new Locator.FilterOptions().setHasText(verb))
                .click();
    }

    private static Locator button(Page page, String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private int status(HttpClient client, String token) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(demo.url() + "/api/v1/session"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private String firstCampaign(Page page) {
        page.navigate(demo.url() + "/campaigns");
        var links = page.locator("a[href^='campaigns/']:not([href$=new]), a[href^='/campaigns/']:not([href$=new])");
        links.first().waitFor();
        var href = links.first().getAttribute("href");
        return (href.startsWith("/") ? href : "/" + href).replaceAll("(/campaigns/[0-9a-f-]{36}).*", "$1");
    }

    private List<String> visit(Page page, String place) {
        page.navigate(demo.url() + place);
        page.locator("h1").first().waitFor();
        var found = new ArrayList<>(violations(page));
        if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
            found.add(place + " is wider than the window");
        }
        return found;
    }

    private static List<String> violations(Page page) {
        // what opens late must be there
        page.waitForFunction(
                "() => !Object.values(window.Vaadin?.Flow?.clients ?? {}).some(client => client.isActive?.())");
        return Accessibility.violations(page);
    }
}
