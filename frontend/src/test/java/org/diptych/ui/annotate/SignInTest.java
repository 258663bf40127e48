package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.LoadState;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Somebody signs out, in again or as another while the page is open, in a real browser. */
@NullUnmarked
class SignInTest extends BrowserTest {
    @Test
    void the_end_of_a_sign_in_is_told_and_everything_is_sent_after_the_next_one() {
        visit();
        press("4");
        server.signIn(null);
        press("3", "2", "1", "Enter");
        assertThat(line()).containsText("You are signed out");
        assertThat(page.locator(".network")).containsText("Signed out, 1 queued");
        assertThat(instruction()).hasText("Paint square 1.");
        press("1", "2");
        page.locator("#comment").fill("typed meanwhile");
        assertThat(checked()).hasCount(2);
        assertThat(server.labels()).isEmpty();
        assertThat(line().locator("a")).hasAttribute("target", "_blank");

        server.signIn("a");
        page.bringToFront();
        page.evaluate("() => window.dispatchEvent(new Event('focus'))");

        waitForLabels(1);
        assertThat(line()).hasCount(0);
        assertThat(checked()).hasCount(2);
        assertThat(page.locator("#comment")).hasValue("typed meanwhile");
        press("Escape", "3", "4", "Enter");
        waitForLabels(2);
        assertThat(server.labels().getLast()).containsEntry("comment", "typed meanwhile");
    }

    @Test
    void while_nobody_is_signed_in_nothing_is_claimed_and_nothing_sent() {
        visit();
        server.signIn(null);
        page.evaluate("() => window.dispatchEvent(new Event('focus'))");
        assertThat(line()).containsText("You are signed out");
        // coming back to the page also extends leases, and that may have left before the page knew
        quiet();
        server.mishaps.forgetCalls();
        press("4", "3", "2", "1", "Enter", "4", "3", "2", "1", "Enter");
        assertThat(page.locator(".network")).containsText("Signed out, 2 queued");
        page.waitForTimeout(1500);
        assertThat(Set.copyOf(server.mishaps.calls())).isSubsetOf(Set.of("GET /session"));
        server.signIn("a");
        // the page looks by itself
        page.waitForCondition(() -> server.labels().size() == 2);
    }

    @Test
    void answers_wait_while_an_own_password_has_to_be_chosen_first() {
        visit();
        var refusal = "{\"code\":\"own_password_first\"}";
        server.mishaps.answer("/annotate/labels", 403, "application/problem+json", refusal);
        server.mishaps.answer("/heartbeat", 403, "application/problem+json", refusal);
        server.mishaps.answer(
                "/session",
                200,
                "application/json",
                "{\"account\":{\"id\":\"a\"},\"csrf\":null,\"mustChoosePassword\":true}");
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("You are signed out");
        assertThat(page.locator(".network")).containsText("Signed out, 1 queued");
        server.mishaps.end();
        waitForLabels(1);
        assertThat(line()).hasCount(0);
    }

    @Test
    void a_redirect_to_the_sign_in_page_is_asked_about_before_it_is_believed() {
        visit();
        server.mishaps.answer("/annotate/labels", 302, "text/html", "");
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("Something answers in the server’s place");
        server.signIn(null);
        assertThat(line()).containsText("You are signed out");
        server.mishaps.end();
        server.signIn("a");
        waitForLabels(1);
    }

    @Test
    void a_server_with_a_problem_is_not_called_offline_and_not_signed_out() {
        visit();
        server.mishaps.answer("/annotate/labels", 503, "text/html", "<h1>Service unavailable</h1>");
        server.mishaps.answer("/session", 503, "text/html", "<h1>Service unavailable</h1>");
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("The server has a problem (503). Your answers are kept here.");
        assertThat(page.locator(".network")).hasText("Server problem, 1 queued");
        assertThat(instruction()).hasText("Paint square 1.");
        server.mishaps.end();
        waitForLabels(1);
        assertThat(line()).hasCount(0);
    }

    @Test
    void the_page_of_a_network_is_no_acknowledgement() {
        visit();
        server.mishaps.answer("/annotate/labels", 200, "text/html", "<h1>Welcome to our hotel</h1>");
        press("4", "3", "2", "1", "Enter");
        assertThat(line()).containsText("Something answers in the server’s place");
        server.mishaps.end();
        server.mishaps.answer("/annotate/labels", 200, "application/json", "");
        page.waitForTimeout(2500);
        assertThat(page.locator(".network")).hasText("Server problem, 1 queued");
        server.mishaps.end();
        waitForLabels(1);
    }

    @Test
    void a_token_that_is_out_of_date_is_read_again_once() {
        visit();
        server.mishaps.answer("/heartbeat", 403, "application/problem+json", "{\"code\":\"csrf\"}");
        quiet();
        server.mishaps.forgetCalls();
        press("4");
        page.waitForCondition(() -> server.mishaps.heartbeats() >= 2);
        page.waitForTimeout(500);
        assertThat(server.mishaps.calls()).contains("GET /session");
        assertThat(server.mishaps.heartbeats()).isEqualTo(2);
    }

    @Test
    void another_account_stops_the_page_and_gets_none_of_its_answers() {
        visit();
        page.onDialog(Dialog::accept);
        server.mishaps.answer("/annotate/labels", 503, "text/html", "");
        press("4", "3", "2", "1", "Enter", "1", "2");
        assertThat(page.locator(".network")).hasText("Server problem, 1 queued");
        server.signIn("b");
        server.mishaps.end();

        assertThat(page.locator(".vacancy h2")).containsText("You are signed in as Bea Lind in this browser");
        assertThat(page.locator(".vacancy p")).containsText("Tomas Eklund’s answers are kept for Tomas Eklund.");
        page.waitForTimeout(2500);
        assertThat(server.labels()).isEmpty();

        // the other account's own page shows and sends nothing of the first one's
        var second = profile.newPage();
        second.navigate(page.url());
        second.waitForFunction("() =>"
                + " document.querySelector('annotation-workspace')?.shadowRoot?.querySelector('pair-viewer')?.painted");
        assertThat(second.locator(".answer[aria-checked=true]")).hasCount(0);
        assertThat(second.locator(".network .saved")).isVisible();
        second.waitForTimeout(1500);
        assertThat(server.labels()).isEmpty();
        second.close();

        server.signIn("a");
        page.waitForCondition(() -> server.labels().size() == 1);
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(checked()).hasCount(2);
    }

    @Test
    void a_label_names_its_account_so_that_the_server_can_refuse_it() {
        visit();
        // nothing tells the page that another account has signed in before it sends
        server.signIn("b");
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".vacancy h2")).containsText("You are signed in as Bea Lind in this browser");
        assertThat(server.labels()).isEmpty();
    }

    @Test
    void the_account_is_told_its_time_zone_once() {
        visit();
        page.waitForCondition(() -> server.zone() != null);
        assertThat(server.zone()).isEqualTo(page.evaluate("() => Intl.DateTimeFormat().resolvedOptions().timeZone"));
        quiet();
        server.mishaps.forgetCalls();
        page.reload();
        painted();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(server.mishaps.calls()).doesNotContain("PUT /session/zone");
    }

    @Test
    void everybody_can_read_it() {
        visit();
        server.signIn(null);
        page.evaluate("() => window.dispatchEvent(new Event('focus'))");
        assertThat(line()).containsText("You are signed out");
        clean("signed out");
        server.signIn("b");
        assertThat(page.locator(".vacancy h2")).containsText("You are signed in as");
    }

    private Locator line() {
        return page.locator(".session-line");
    }
}
