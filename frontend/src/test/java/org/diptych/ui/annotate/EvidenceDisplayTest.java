package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edit-leak evidence as an annotator asks for it, in a real browser. */
@NullUnmarked
class EvidenceDisplayTest extends BrowserTest {
    private static final String LEFT = "Edited: 25% of the picture. Outside it 31% changed, clearly.";

    @Test
    void nothing_is_fetched_shown_or_logged_before_the_key() {
        visit("en");
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(server.evidence.asked()).isEmpty();
        assertThat(attention(0)).doesNotContainKey("evidence");
        assertThat(note(0)).hasText("");
    }

    @Test
    void the_key_shows_the_numbers_says_them_and_is_logged_with_its_time() {
        visit("en");
        press("o");
        assertThat(note(0)).hasText(LEFT);
        assertThat(note(2)).hasText("The whole picture was edited, so there is no outside.");
        assertThat(page.locator("#spoken"))
                .hasText("Edit A: " + LEFT + " Edit B: The whole picture was edited, so there is no outside.");
        page.waitForTimeout(400);
        press("o");
        assertThat(note(0)).hasText("");
        press("o");
        assertThat(note(0)).hasText(LEFT);
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(evidence(0)).containsEntry("shown", 2);
        assertThat(((Number) evidence(0).get("milliseconds")).intValue())
                .isBetween(400, ((Number) server.labels().getFirst().get("activeMilliseconds")).intValue());
        // asked for once: the second look is at what is there
        assertThat(server.evidence.asked()).hasSize(2).last().asString().endsWith("/evidence/left");
    }

    @Test
    void the_next_pair_is_judged_without_it_until_asked_again() {
        visit("en");
        press("o");
        assertThat(note(0)).hasText(LEFT);
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".instruction h1")).hasText("Paint square 1.");
        assertThat(note(0)).hasText("");
        press("1", "2", "3", "4", "Enter");
        waitForLabels(2);
        assertThat(evidence(0)).containsEntry("shown", 1);
        assertThat(attention(1)).doesNotContainKey("evidence");
    }

    @Test
    void a_look_is_not_forgotten_over_a_reload() {
        visit("en");
        press("o");
        assertThat(note(0)).hasText(LEFT);
        page.reload();
        painted();
        assertThat(note(0)).hasText("");
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(evidence(0)).containsEntry("shown", 1);
    }

    @Test
    void the_map_lies_over_the_edit_in_every_mode_and_nowhere_else() {
        visit("en");
        press("o");
        assertThat(note(0)).hasText(LEFT);
        for (var mode : List.of("q", "w", "e", "r")) {
            press(mode);
            page.waitForCondition(() -> saturation("a", 0.88) > 60);
            drawn();
            // the right quarter is coloured, where the picture itself is grey
            assertThat(saturation("a", 0.88)).as(mode).isGreaterThan(60);
            // the right edit has no map, so it stays as it is
            assertThat(saturation("b", 0.88)).as(mode).isLessThan(10);
        }
        press("q");
        assertThat(saturation("source", 0.88)).isLessThan(10);
        press("o");
        page.waitForCondition(() -> saturation("a", 0.88) < 10);
        assertThat(saturation("a", 0.88)).isLessThan(10);
    }

    @Test
    void it_needs_the_network_and_a_request_that_fails_is_no_use() {
        visit("en");
        ahead();
        profile.setOffline(true);
        press("o");
        assertThat(page.locator(".need")).containsText("cannot be shown without the network");
        assertThat(page.locator(".toggle[aria-pressed=true]")).hasCount(0);
        profile.setOffline(false);
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(attention(0)).doesNotContainKey("evidence");
    }

    @Test
    void its_key_rests_in_text_and_can_be_moved() {
        visit("en");
        press("c");
        page.keyboard().type("too");
        assertThat(server.evidence.asked()).isEmpty();
        press("Escape", "?");
        page.getByLabel("What changed outside the edit: O").click();
        press("k", "Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        press("k");
        assertThat(note(0)).hasText(LEFT);
        page.waitForCondition(() -> server.preferences().containsKey("keys"));
        assertThat(server.preferences()).containsEntry("keys", Map.of("evidence", "KeyK"));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everybody_can_use_it(ColorScheme scheme, String language) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        visit(language);
        press("o");
        assertThat(note(0)).not().isEmpty();
        clean("o");
        for (var mode : List.of("w", "r")) {
            press(mode);
            clean(mode);
        }
    }

    private Locator note(int pane) {
        return page.locator("pair-viewer .note").nth(pane);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> attention(int label) {
        return (Map<String, Object>) server.labels().get(label).get("attention");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> evidence(int label) {
        return (Map<String, Object>) attention(label).get("evidence");
    }

    /** How colourful a pane is in the middle of its height, at a share of the picture's width. */
    private int saturation(String kind, double at) {
        return ((Number) page.locator("pair-viewer .pane[data-kind=" + kind + "]")
                        .evaluate("""
                                (pane, at) => {
                                    const canvas = pane.querySelector("canvas");
                                    const scale = Math.min(canvas.width / 320, canvas.height / 240);
                                    const x = (canvas.width - 320 * scale) / 2 + at * 320 * scale;
                                    const [r, g, b] = canvas.getContext("2d").getImageData(x, canvas.height / 2, 1, 1).data;
                                    return Math.max(r, g, b) - Math.min(r, g, b);
                                }""", at))
                .intValue();
    }
}
