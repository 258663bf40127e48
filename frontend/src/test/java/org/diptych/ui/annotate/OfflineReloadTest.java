package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reload while the network is cut, in a real browser with its service worker. */
@NullUnmarked
class OfflineReloadTest extends BrowserTest {
    @BeforeEach
    void agreeToLeave() {
        page.setDefaultTimeout(20_000);
        // leaving asks first while answers wait here
        page.onDialog(Dialog::accept);
    }

    @Test
    void three_pairs_are_judged_after_a_reload_without_a_network_and_stored_once_when_it_is_back() {
        visit();
        profile.setOffline(true);
        page.reload();
        painted();
        assertThat(instruction()).hasText("Paint square 0.");
        for (int pair = 0; pair < 3; pair++) {
            assertThat(instruction()).hasText("Paint square " + pair + ".");
            painted();
            press("4", "3", "2", "1", "Enter");
        }
        assertThat(page.locator(".network")).hasText("Offline, 3 queued");
        assertThat(server.labels()).isEmpty();

        profile.setOffline(false);
        page.waitForCondition(() -> server.labels().size() >= 3);
        assertThat(page.locator(".network .saved")).isVisible();
        assertThat(instruction()).hasText("Paint square 3.");
        page.waitForTimeout(1500);
        assertThat(server.labels())
                .hasSize(3)
                .extracting(label -> label.get("assignment"))
                .doesNotHaveDuplicates();
    }

    @Test
    void drafts_and_queued_answers_come_back_over_reloads_without_a_network() {
        visit();
        profile.setOffline(true);
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        press("1", "2");
        page.locator("#comment").fill("half done");
        page.reload();
        painted();
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(checked()).hasCount(2);
        assertThat(page.locator("#comment")).hasValue("half done");
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        page.reload();
        painted();
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        press("3", "4", "Enter");
        profile.setOffline(false);
        page.waitForCondition(() -> server.labels().size() >= 2);
        assertThat(server.labels().getLast()).containsEntry("comment", "half done");
        // the pairs that were answered do not come back with the next page
        page.reload();
        painted();
        assertThat(instruction()).hasText("Paint square 2.");
    }

    @Test
    void preferences_and_the_confirmed_guideline_are_the_latest() {
        visit();
        press("?");
        page.getByLabel("Skip with a reason: S").click();
        press("k", "Escape");
        page.waitForCondition(() -> server.preferences().containsKey("keys"));
        page.waitForCondition(() -> copyOfTheSession().contains("KeyK"));
        profile.setOffline(true);
        page.reload();
        painted();
        assertThat(page.locator(".foot")).containsText("Skip K");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    @Test
    void online_nothing_comes_from_a_copy() {
        visit();
        server.prefer(Map.of("sourcePosition", "left"));
        page.reload();
        painted();
        assertThat(page.locator(".page")).hasAttribute("data-order", "left");
    }

    @Test
    void another_account_finds_nothing_of_the_one_before() {
        visit();
        assertThat(copies()).contains("/api/v1/session", "/images/0-source/original");
        server.signIn("b");
        page.reload();
        painted();
        page.waitForCondition(() -> copyOfTheSession().contains("\"id\":\"b\""));
        server.signIn(null);
        page.reload();
        assertThat(page.locator(".vacancy h2")).hasText("You are signed out");
        assertThat(copies()).isEmpty();
        profile.setOffline(true);
        page.reload();
        assertThat(page.locator(".vacancy h2")).hasText("The server cannot be reached");
    }

    @Test
    void only_pictures_of_waiting_pairs_are_kept() {
        visit();
        press("4", "3", "2", "1", "Enter", "4", "3", "2", "1", "Enter");
        page.waitForCondition(() -> server.labels().size() == 2);
        page.waitForCondition(() -> copies().stream().noneMatch(path -> path.startsWith("/images/0-")));
        page.waitForCondition(() -> copies().contains("/images/4-right/original"));
        assertThat(new HashSet<>(copies())).doesNotContain("/images/1-left/original");
    }

    @Test
    void the_examples_of_the_training_come_back_with_their_pictures_without_a_network() {
        server.illustrate(TrainingTest.RATED);
        server.training.newcomer(4, 0);
        page.navigate(server.address() + "/annotate/wave");
        page.waitForCondition(() ->
                copies().stream().filter(path -> path.endsWith("/original")).count() == 7);
        page.waitForCondition(() -> copies().contains("/api/v1/annotate/campaigns/wave/qualification"));
        press("Enter");
        painted();

        profile.setOffline(true);
        page.reload();

        painted();
        assertThat(page.locator("pair-viewer .pane")).hasCount(2);
        assertThat(page.locator(".pictured .vacancy")).hasCount(0);
    }

    @Test
    void the_guideline_shows_its_pictures_without_a_network() {
        server.illustrate(TrainingTest.RATED);
        visit();
        page.waitForCondition(() ->
                copies().stream().filter(path -> path.contains("/example-")).count() == 14);
        profile.setOffline(true);
        page.reload();
        painted();
        press("g");
        assertThat(page.locator(".drawer .strip")).hasCount(4);
        page.waitForCondition(() -> (boolean) page.locator(".drawer .strip img")
                .evaluateAll("pictures => pictures.every(each => each.complete && each.naturalWidth > 0)"));
    }

    @Test
    void twenty_pairs_are_answered_without_a_network_and_then_the_page_says_that_they_are_used_up() {
        server.open = 400;
        visit();
        page.waitForCondition(() -> copies().contains("/images/19-right/original"));
        assertThat(copies()).doesNotContain("/images/20-source/original");
        profile.setOffline(true);
        for (int pair = 0; pair < 20; pair++) {
            assertThat(instruction()).hasText("Paint square " + pair + ".");
            painted();
            press("4", "3", "2", "1", "Enter");
        }
        usedUp("You answered all pairs stored here", "20 answers wait on this device");
        page.reload();
        usedUp("You answered all pairs stored here", "20 answers wait on this device");

        profile.setOffline(false);
        waitForLabels(20);
        assertThat(instruction()).hasText("Paint square 20.");
        painted();
        assertThat(server.labels())
                .hasSize(20)
                .extracting(label -> label.get("assignment"))
                .doesNotHaveDuplicates();
    }

    @Test
    void that_the_stored_pairs_are_used_up_is_said_in_chinese_too() {
        visit("zh");
        profile.setOffline(true);
        for (int pair = 0; pair < 3; pair++) {
            assertThat(instruction()).hasText("Paint square " + pair + ".");
            painted();
            press("4", "3", "2", "1", "Enter");
        }
        usedUp("\u672c\u673a\u4fdd\u5b58\u7684\u56fe\u5bf9\u90fd\u5df2\u7b54\u5b8c", "3 \u6761\u7b54\u6848");
    }

    private void usedUp(String title, String text) {
        assertThat(page.locator(".vacancy h2")).hasText(title);
        assertThat(page.locator(".vacancy p")).containsText(text);
        clean(title);
    }

    /** Opens the workspace and waits until it could do without the network. */
    @Override
    void visit(String language) {
        super.visit(language);
        page.waitForCondition(() -> copies().contains("/images/2-right/original"));
    }

    /** The paths of which the browser keeps copies for the account. */
    @SuppressWarnings("unchecked")
    private List<String> copies() {
        return (List<String>) page.evaluate("""
                async () => {
                    const paths = [];
                    for (const name of await caches.keys()) {
                        if (!name.includes("shell")) {
                            for (const request of await (await caches.open(name)).keys()) {
                                paths.push(new URL(request.url).pathname);
                            }
                        }
                    }
                    return paths;
                }""");
    }

    private String copyOfTheSession() {
        return (String) page.evaluate("async () => (await (await caches.match('/api/v1/session'))?.text()) ?? ''");
    }
}
