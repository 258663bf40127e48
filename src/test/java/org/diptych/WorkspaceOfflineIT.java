package org.diptych;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The workspace of the built jar when the network is cut, and the evidence that its worker measured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class WorkspaceOfflineIT {
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
    void the_page_comes_back_without_a_network_and_three_answers_are_stored_once_when_it_is_back() throws Exception {
        try (var context = demo.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720))) {
            var page = demo.signedIn(context, "annotator");
            page.onDialog(Dialog::accept);
            openWorkspace(page);
            waitForCopies(page);

            context.setOffline(true);
            page.reload();
            for (int pair = 1; pair <= 3; pair++) {
                painted(page);
                for (var key : List.of("4", "3", "2", "1", "Enter")) {
                    page.keyboard().press(key);
                }
                assertThat(page.locator(".network")).hasText("Offline, " + pair + " queued");
            }
            context.setOffline(false);

            page.waitForCondition(() -> labels(page) == 3);
            assertThat(page.locator(".network .saved")).isVisible();
            // nothing is sent again by the page that comes from the server
            page.reload();
            painted(page);
            assertThat(labels(page)).isEqualTo(3);
            assertThat(page.locator(".progress").first()).containsText("3 today");
        }
    }

    @Test
    @Order(2)
    void signing_out_leaves_no_copies_and_the_worker_serves_the_workspace_alone() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "annotator");
            openWorkspace(page);
            page.waitForCondition(() -> copies(page).size() > 2);
            assertThat(
                            (List<?>)
                                    page.evaluate(
                                            "async () => (await navigator.serviceWorker.getRegistrations()).map(r => new URL(r.scope).pathname)"))
                    .hasToString("[/annotate/]");

            page.navigate(demo.url() + "/account");
            page.getByText("Sign out").click();
            page.waitForURL(url -> url.contains("/login"));

            page.waitForCondition(() -> copies(page).isEmpty());
        }
    }

    @Test
    @Order(3)
    void evidence_is_measured_after_the_import_and_shown_on_its_key() throws Exception {
        try (var context = demo.browser().newContext();
                var leads = demo.browser().newContext()) {
            var page = demo.signedIn(context, "annotator");
            openWorkspace(page);
            page.waitForCondition(() -> measured(page));

            page.keyboard().press("o");

            assertThat(page.locator("#spoken")).containsText("Edit A: ");
            assertThat(page.locator("#spoken")).not().containsText("Not measured");
            for (var key : List.of("4", "3", "2", "1", "Enter")) {
                page.keyboard().press(key);
            }
            page.waitForCondition(() -> labels(page) == 4);
            var lead = demo.signedIn(leads, "lead");
            var campaign = page.url().replaceAll(".*/", "");
            var exported = (String) lead.evaluate(
                    "async id => (await fetch(`/api/v1/campaigns/${id}/export?format=jsonl`)).text()", campaign);
            assertThat(exported.lines().filter(line -> line.contains("\\\"evidence\\\": {\\\"shown\\\": 1,")))
                    .hasSize(1);
        }
    }

    @Test
    @Order(4)
    void the_page_s_own_stripe_about_the_connection_stays_away_from_the_workspace_in_both_languages() throws Exception {
        try (var context = demo.browser().newContext()) {
            var page = demo.signedIn(context, "annotator");
            page.onDialog(Dialog::accept);
            for (var language : List.of("en", "zh")) {
                if (language.equals("zh")) {
                    page.navigate(demo.url() + "/account");
                    page.getByText("\u4e2d\u6587").click();
                    page.waitForFunction("() => document.documentElement.lang.startsWith('zh')");
                }
                openWorkspace(page);
                var stripe = page.locator("vaadin-connection-indicator .v-status-message");
                context.setOffline(true);
                page.waitForFunction("() => window.Vaadin.connectionState.state === 'connection-lost'");
                page.waitForTimeout(1_500);
                assertThat(stripe).isHidden();
                context.setOffline(false);
                page.waitForFunction("() => window.Vaadin.connectionState.state === 'connected'");
            }
            // elsewhere it is the only one who says so
            page.navigate(demo.url() + "/account");
            page.getByText("\u4e2d\u6587").waitFor();
            context.setOffline(true);
            assertThat(page.locator("vaadin-connection-indicator .v-status-message"))
                    .isVisible();
        }
    }

    private void openWorkspace(Page page) {
        page.navigate(demo.url() + "/");
        page.locator("a[href*=annotate]").first().waitFor();
        page.navigate(
                demo.url() + "/" + page.locator("a[href*=annotate]").first().getAttribute("href"));
        painted(page);
    }

    private static void painted(Page page) {
        page.waitForFunction(
                "() => document.querySelector('annotation-workspace')?.shadowRoot?.querySelector('pair-viewer')?.painted");
    }

    /** Pairs of one item share pictures, so their number is not known: waits until no more come. */
    private static void waitForCopies(Page page) {
        int before;
        do {
            before = copies(page).size();
            page.waitForTimeout(2_000);
        } while (before < 6 || before != copies(page).size());
    }

    /** Whether the worker has come to the pair on the screen. */
    private static boolean measured(Page page) {
        return (Boolean) page.evaluate("""
                async () => {
                    const { id } = document.querySelector("annotation-workspace").parts.session.state.current.draft;
                    const { left, right } = await (await fetch(`/api/v1/annotate/assignments/${id}/evidence`)).json();
                    return left.reason !== "pending" && right.reason !== "pending";
                }""");
    }

    /** The paths of which the browser keeps copies for the account. */
    @SuppressWarnings("unchecked")
    private static List<String> copies(Page page) {
        return (List<String>) page.evaluate("""
                async () => {
                    const paths = [];
                    for (const name of (await caches.keys()).filter(name => !name.includes("shell"))) {
                        paths.push(...(await (await caches.open(name)).keys()).map(request => request.url));
                    }
                    return paths;
                }""");
    }

    private static int labels(Page page) {
        return ((Number) page.evaluate("""
                async () => {
                    const campaign = location.pathname.split("/").pop();
                    return (await (await fetch(`/api/v1/annotate/campaigns/${campaign}/labels`)).json()).length;
                }""")).intValue();
    }
}
