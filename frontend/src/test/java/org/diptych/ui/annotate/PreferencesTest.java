package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** How a person likes to work, chosen in two tabs, or stored wrongly. */
@NullUnmarked
class PreferencesTest extends BrowserTest {
    @Test
    void a_stale_page_changes_only_what_was_chosen_in_it() {
        server.prefer(Map.of("keys", Map.of("skip", "KeyK")));
        visit();
        // another page chooses meanwhile
        server.prefer(Map.of("sourcePosition", "left", "keys", Map.of("flag", "KeyJ", "skip", "KeyK")));
        page.keyboard().press("?");
        page.getByLabel("Comment (Esc leaves): C").click();
        press("p");
        page.waitForCondition(() -> server.preferences().get("keys").toString().contains("comment"));
        assertThat(server.preferences())
                .containsEntry("sourcePosition", "left")
                .containsEntry("keys", Map.of("flag", "KeyJ", "skip", "KeyK", "comment", "KeyP"));
        // and is up to date from then on
        assertThat(page.locator(".page")).hasAttribute("data-order", "left");

        page.getByText("Reset all").click();
        page.waitForCondition(() -> server.preferences().get("keys").toString().equals("{}"));
    }

    @Test
    void nothing_that_is_stored_wrongly_stops_work() {
        var wrong = new HashMap<String, Object>(Map.of("keys", Map.of("skip", 5, "flag", "KeyJ", "comment", "")));
        wrong.put("singleKeys", "no");
        wrong.put("sourcePosition", 7);
        wrong.put("theme", List.of());
        wrong.put("timer", null);
        wrong.put("pauseAfter", "often");
        server.prefer(wrong);
        visit();
        assertThat(page.locator(".foot")).containsText("Skip S");
        assertThat(page.locator(".foot")).containsText("Flag J");
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        for (var keys : List.of(5, "keys", List.of("KeyS"), true)) {
            server.prefer(Map.of("keys", keys));
            page.reload();
            painted();
            assertThat(page.locator(".foot")).containsText("Skip S");
        }
    }
}
