package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workspace of a product that is served under a path of its host, in a real browser. */
@NullUnmarked
class PrefixTest extends BrowserTest {
    @BeforeEach
    void serveUnderAPath() {
        server.close();
        server = new AnnotationServer("/team/diptych");
        page.onDialog(Dialog::accept);
    }

    @Test
    void pairs_are_judged_with_and_without_a_network_under_the_path_alone() {
        visit();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        page.waitForCondition(() -> names().contains("diptych-workspace-pictures/team/diptych/"));
        page.waitForCondition(() -> copies() >= 9);
        profile.setOffline(true);
        page.reload();
        painted();
        assertThat(instruction()).hasText("Paint square 1.");
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".network")).hasText("Offline, 1 queued");
        profile.setOffline(false);
        waitForLabels(2);

        assertThat(page.locator(".brand").getAttribute("href")).isEqualTo("/team/diptych/");
        assertThat(names()).allMatch(name -> name.contains("/team/diptych/"));
        assertThat(page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)"))
                .isEqualTo(List.of("diptych/team/diptych/"));
        assertThat(page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new"
                        + " URL(scope).pathname)"))
                .isEqualTo(List.of("/team/diptych/annotate/"));
    }

    /** Everything that is kept by name. */
    @SuppressWarnings("unchecked")
    private List<String> names() {
        return (List<String>) page.evaluate(
                "async () => [...await caches.keys(), ...(await navigator.locks.query()).held.map(({ name })"
                        + " => name)]");
    }

    private int copies() {
        return ((Number) page.evaluate("""
            async () => (await (await caches.open("diptych-workspace-pictures/team/diptych/")).keys()).length\
            """)).intValue();
    }
}
