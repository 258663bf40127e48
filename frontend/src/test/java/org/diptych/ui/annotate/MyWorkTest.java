package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What annotators see of their own work, and what becomes of answers whose lease was lost. */
@NullUnmarked
class MyWorkTest extends BrowserTest {
    /** Rates one edit, loses the lease and goes on with the next pair. */
    private void setAside() {
        server.leaseFor(2);
        visit();
        press("4");
        assertThat(page.locator(".vacancy h2")).hasText("This pair went to someone else");
        server.leaseFor(1200);
        page.getByText("Get the next pair").click();
        painted();
        press("h");
    }

    private Locator button(String part, String name) {
        return page.locator(part)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void pace_and_agreement_are_the_annotators_own() {
        visit();
        press("h");
        assertThat(page.locator(".pace")).containsText("171 pairs an active hour");
        assertThat(page.locator(".pace")).containsText("0:18 median a pair");
        assertThat(page.locator(".days svg")).hasAttribute("aria-label", java.util.regex.Pattern.compile(".*40$"));
        assertThat(page.locator(".agreed")).containsText("12 more shared pairs needed");
        server.work.needed = 0;
        press("h", "h");
        assertThat(page.locator(".agreed tr")).hasCount(3);
        assertThat(page.locator(".agreed tr").first()).containsText("75%");
        assertThat(page.locator(".agreed tr").first()).containsText("AC1 0.65");
    }

    @Test
    void a_draft_whose_lease_was_lost_is_listed_and_gone_on_with() {
        setAside();
        assertThat(page.locator(".badge")).hasText("1");
        assertThat(page.locator(".set-aside")).containsText("1 of 4 answered");
        button(".set-aside", "Go on").click();
        assertThat(instruction()).hasText("Paint square 0.");
        assertThat(checked()).hasCount(1);
        assertThat(page.locator(".set-aside")).hasCount(0);
        page.locator(".drawer header button").click();
        press("3", "2", "1", "Enter");
        waitForLabels(1);
    }

    @Test
    void a_draft_that_was_set_aside_survives_a_reload_and_goes_only_on_a_word() {
        setAside();
        page.reload();
        painted();
        press("h");
        assertThat(page.locator(".set-aside li")).hasCount(1);
        button(".set-aside", "Discard").click();
        assertThat(page.locator(".certain")).containsText("Discard for good?");
        button(".certain", "Keep").click();
        assertThat(page.locator(".set-aside li")).hasCount(1);
        button(".set-aside", "Discard").click();
        page.locator(".certain button").first().click();
        assertThat(page.locator(".set-aside")).hasCount(0);
        page.reload();
        painted();
        assertThat(page.locator(".badge")).hasCount(0);
    }

    @Test
    void a_draft_whose_pair_is_complete_says_so_and_stays() {
        setAside();
        server.work.complete = true;
        button(".set-aside", "Go on").click();
        assertThat(page.locator(".set-aside")).containsText("The pair has all its judgements now");
        assertThat(button(".set-aside", "Go on")).hasCount(0);
        assertThat(button(".set-aside", "Discard")).isVisible();
    }

    @Test
    void a_judgement_that_was_not_counted_is_listed_too() {
        visit();
        press("4");
        extended();
        server.endLeases();
        press("3", "2", "1", "Enter", "h");
        assertThat(page.locator(".set-aside .refused li"))
                .hasText("Paint square 0. The reservation ran out before the answer reached the server.");
        page.locator(".refused").getByText("Offer again").click();
        waitForLabels(1);
        assertThat(page.locator(".set-aside")).hasCount(0);
    }

    @Test
    void a_pause_is_suggested_between_answers_and_counts_no_time() {
        page.clock().install();
        server.prefer(Map.of("pauseAfter", 25));
        visit();
        work(26);
        assertThat(page.locator(".need")).containsText("minutes at a stretch");
        press("4");
        page.clock().runFor(1_500);
        assertThat(page.locator(".need")).not().containsText("at a stretch");
        press("3", "2", "1", "Enter");
        page.clock().runFor(8_000);
        assertThat(page.locator(".need")).containsText("at a stretch");
        page.locator(".need button").getByText("Pause").click();
        assertThat(page.locator("dialog h2")).hasText("Pause");
        var before = page.locator(".timer").innerText();
        page.mouse().move(100, 100);
        page.clock().runFor(20_000);
        assertThat(page.locator(".timer")).hasText(before);
        press("Enter");
        page.clock().runFor(2_000);
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator(".need")).not().containsText("at a stretch");
    }

    @Test
    void the_suggestion_can_be_put_off_and_switched_off() {
        page.clock().install();
        visit();
        work(51);
        page.locator(".need button").getByText("Later").click();
        page.clock().runFor(2_000);
        assertThat(page.locator(".need")).not().containsText("at a stretch");
        press("?");
        page.locator("#pause-after").selectOption("0");
        press("Escape");
        page.waitForCondition(
                () -> Integer.valueOf(0).equals(server.preferences().get("pauseAfter")));
        work(30);
        assertThat(page.locator(".need")).not().containsText("at a stretch");
    }

    /** Minutes of work, some input in each. */
    private void work(int minutes) {
        for (int minute = 0; minute <= minutes; minute++) {
            page.mouse().move(10 + minute, 200);
            page.clock().runFor(60_000);
        }
        page.mouse().move(10, 210);
        page.clock().runFor(1_100);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everybody_can_use_it(ColorScheme scheme, String language) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        server.work.needed = 0;
        visit(language);
        press("4");
        extended();
        server.endLeases();
        press("3", "2", "1", "Enter", "h");
        assertThat(page.locator(".set-aside")).isVisible();
        assertThat(page.locator(".agreed tr")).hasCount(3);
        clean("my work");
    }
}
