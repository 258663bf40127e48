package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** One judgement that the server answers with an error each time, in a real browser. */
@NullUnmarked
class RefusalTest extends BrowserTest {
    private static final LocatorAssertions.ContainsTextOptions LATER =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @Test
    void a_judgement_that_always_meets_an_error_is_set_aside_and_the_later_ones_go_on_also_after_a_reload() {
        visit();
        page.onDialog(Dialog::accept);
        refuseTheFirst();
        press("4", "3", "2", "1", "Enter", "1", "2", "3", "4", "Enter");
        assertThat(page.locator(".network")).hasText("Server problem, 2 queued");
        page.waitForTimeout(2500);
        // the tries are counted in the browser's store
        page.reload();
        painted();
        assertThat(page.locator(".need")).containsText("1 judgement not counted", LATER);
        waitForLabels(1);
        assertThat(server.labels()).hasSize(1);
        page.reload();
        painted();
        assertThat(page.locator(".need")).containsText("1 judgement not counted");
        press("h");
        assertThat(aside()).containsText("The server answered with an error (500), again and again.");
        assertThat(aside()).containsText("Paint square 0.");

        server.mishaps.end();
        aside().getByText("Offer again").click();
        waitForLabels(2);
        assertThat(aside()).hasCount(0);
    }

    @Test
    void what_the_server_says_no_to_is_set_aside_with_its_words() {
        visit();
        server.mishaps.answer(
                "/annotate/labels",
                422,
                "application/problem+json",
                "{\"code\":\"invalid_answer\",\"detail\":\"A comment has at most 4000 characters.\"}");
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".need")).containsText("1 judgement not counted");
        press("h");
        assertThat(aside()).containsText("A comment has at most 4000 characters.");
    }

    /** The first judgement that comes is never taken; errors are the only answer to it. */
    private void refuseTheFirst() {
        var first = new AtomicReference<String>();
        server.mishaps.refuseLabels(
                body -> {
                    var id = body.replaceAll(".*\"assignment\":\"([^\"]+)\".*", "$1");
                    return id.equals(first.updateAndGet(known -> known == null ? id : known));
                },
                500);
    }

    private Locator aside() {
        return page.locator(".set-aside");
    }
}
