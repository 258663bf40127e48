package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Signing in to the built jar, what wrong pages look like, and that a restart of the server signs nobody out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class SignInIT {
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

    @Test
    @Order(1)
    void another_site_cannot_sign_a_browser_in() throws Exception {
        try (var client = new SignedInClient(demo.url())) {
            var forged = client.post(
                    "/login",
                    "application/x-www-form-urlencoded",
                    "username=admin&password=" + ServerProcess.ADMIN_PASSWORD);
            assertThat(forged.statusCode()).isEqualTo(302);
            assertThat(forged.headers().firstValue("Location").orElseThrow()).endsWith("/login?again");
            assertThat(client.get("/api/v1/session").statusCode()).isEqualTo(401);

            var wrong = client.signIn("admin", "not the password");
            assertThat(wrong.headers().firstValue("Location").orElseThrow()).endsWith("/login?error");
            var right = client.signIn("admin", ServerProcess.ADMIN_PASSWORD);
            assertThat(right.headers().firstValue("Location").orElseThrow()).doesNotContain("login", "jsessionid");
            assertThat(client.get("/api/v1/session").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Order(2)
    void wrong_pages_are_said_in_the_products_own_frame() throws Exception {
        try (var browser = demo.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720))) {
            var annotator = demo.signedIn(browser, "annotator");
            visit(annotator, "/nonsense", "There is no such page");
            visit(annotator, "/campaigns", "This page is not for your account");
            visit(annotator, "/campaigns/" + new UUID(0, 0) + "/queue", "This page is not for your account");
        }
        try (var browser = demo.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720))) {
            var lead = demo.signedIn(browser, "lead");
            visit(lead, "/campaigns/" + new UUID(0, 0) + "/queue", "This page cannot be shown");
            visit(lead, "/campaigns/nonsense/queue", "There is no such page");
        }
    }

    private void visit(Page page, String address, String title) {
        page.navigate(demo.url() + address);
        assertThat(page.locator("main h2")).hasText(title);
        assertThat(page.locator(".shell .nav")).isVisible();
        assertThat(page.getByText("Back to the start")).isVisible();
        assertThat(page.locator("body").innerText()).doesNotContain("Exception", "navigate to", "denied");
        var picture = System.getProperty("diptych.pictures");
        if (picture != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(picture, "error" + address.replaceAll("\\W+", "-") + ".png")));
        }
    }

    @Test
    @Order(3)
    void a_restart_signs_nobody_out_whether_the_server_stops_or_dies() throws Exception {
        try (var client = new SignedInClient(demo.url());
                var browser = demo.browser().newContext()) {
            client.signIn("admin", ServerProcess.ADMIN_PASSWORD);
            var csrf = JsonMapper.shared()
                    .readTree(client.get("/api/v1/session").body())
                    .path("csrf");
            var page = demo.signedIn(browser, "lead");
            for (var death : List.of("stop", "kill")) {
                demo.restart(death.equals("kill"));
                assertThat(client.get("/api/v1/session").statusCode()).as(death).isEqualTo(200);
                var saved = client.post(
                        "/api/v1/annotate/labels",
                        "application/json",
                        "{}",
                        csrf.path("header").asString(),
                        csrf.path("token").asString());
                assertThat(saved.statusCode())
                        .as("the token of before: " + saved.body())
                        .isNotIn(401, 403);
                page.navigate(demo.url() + "/account");
                // the first page of a server that has just started takes its time
                page.locator("main h1").waitFor();
                assertThat(page.locator("main h1")).hasText("Account");
            }
        }
    }

    @Test
    @Order(4)
    void a_page_that_was_open_over_the_restart_comes_back_signed_in() throws Exception {
        try (var browser = demo.browser().newContext()) {
            var page = demo.signedIn(browser, "lead");
            page.navigate(demo.url() + "/account");
            page.locator("main h1").waitFor();
            demo.restart(false);
            // the page of before is gone with the server's memory; asking for anything loads it again
            page.locator("vaadin-button").first().waitFor();
            page.waitForResponse(
                    response -> response.url().endsWith("/account") && response.status() == 200,
                    () -> page.getByLabel("Switch")
                            .first()
                            .or(page.locator(".me vaadin-button"))
                            .first()
                            .click());
            page.locator("main h1").waitFor();
            assertThat(page.locator("main h1")).hasText("Account");
        }
    }

    @Test
    @Order(5)
    void signed_out_is_signed_out_for_the_interface_too() throws Exception {
        try (var browser = demo.browser().newContext()) {
            var page = demo.signedIn(browser, "lead");
            page.navigate(demo.url() + "/account");
            var violated = new ArrayList<String>();
            page.onConsoleMessage(message -> violated.add(message.text()));
            page.reload();
            page.locator("main h1").waitFor();
            assertThat(violated).noneMatch(text -> text.contains("Content Security Policy"));
            // what somebody has put between the page's tags does not run
            assertThat(page.evaluate("""
                    () => {
                        const script = document.createElement('script');
                        script.textContent = 'window.injected = true';
                        document.body.append(script);
                        return window.injected === true;
                    }""")).isEqualTo(false);
            page.getByText("Sign out").click();
            page.waitForURL(address -> address.contains("/login"));
            assertThat(page.request().get(demo.url() + "/api/v1/session").status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Order(6)
    void every_answer_protects_itself_and_says_nothing_of_the_name_that_was_asked_for() throws Exception {
        try (var client = new SignedInClient(demo.url())) {
            client.signIn("admin", ServerProcess.ADMIN_PASSWORD);
            for (var address :
                    List.of("/login", "/account", "/nonsense", "/wc/tokens.css", "/api/v1/session", "/images/x")) {
                var headers = client.get(address).headers();
                for (var name : List.of("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")) {
                    assertThat(headers.allValues(name)).as(address + " " + name).hasSize(1);
                }
                assertThat(headers.firstValue("X-Frame-Options")).as(address).isPresent();
                assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                        .as(address)
                        .contains(
                                "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'", "connect-src 'self'")
                        .doesNotContain("script-src 'self' 'unsafe-inline'");
                assertThat(headers.firstValue("Cache-Control").orElse("").contains("no-store"))
                        .as(address)
                        .isEqualTo(!address.startsWith("/wc"));
                assertThat(headers.firstValue("Strict-Transport-Security"))
                        .as(address)
                        .isEmpty();
            }
            assertThat(client.page("/account", "X-Forwarded-Proto", "https")
                            .headers()
                            .firstValue("Strict-Transport-Security")
                            .orElseThrow())
                    .startsWith("max-age=31536000");
        }
        try (var stranger = new SignedInClient(demo.url())) {
            var sent = stranger.page("/account", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https");
            assertThat(sent.statusCode()).isEqualTo(302);
            assertThat(sent.headers().firstValue("Location").orElseThrow()).startsWith("/login");
        }
    }

    @Test
    @Order(7)
    void below_a_prefix_of_a_proxy_pages_and_cookies_stay_there() throws Exception {
        try (var browser = demo.browser()
                .newContext(
                        new Browser.NewContextOptions().setExtraHTTPHeaders(Map.of("X-Forwarded-Prefix", "/label")))) {
            var answer = browser.request()
                    .get(
                            demo.url() + "/account",
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setMaxRedirects(0));
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers().get("location")).contains("/label/login");
        }
    }
}
