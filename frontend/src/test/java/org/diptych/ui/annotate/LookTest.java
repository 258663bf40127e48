package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import java.util.Map;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the screen, what is not, and where the focus goes. */
@NullUnmarked
class LookTest extends BrowserTest {
    /** Only it tells what is printed on the keys. */
    @Override
    Chromium browser() {
        return Chromium.whole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Switch theme", "Guidelines", "My work", "Zoom in", "Magnifier"})
    void a_button_that_was_clicked_leaves_enter_to_submitting(String button) {
        visit("en");
        page.getByLabel(button, new Page.GetByLabelOptions().setExact(true))
                .first()
                .click();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(instruction()).hasText("Paint square 1.");
    }

    @Test
    void enter_after_the_keyboard_dialog_closes_it_and_then_submits() {
        visit("en");
        page.getByLabel("Keyboard shortcuts").click();
        press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
    }

    @Test
    void enter_submits_after_the_swipe_handle_was_dragged() {
        visit("en");
        press("w");
        page.locator("pair-viewer .handle").first().click();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
    }

    @Test
    void single_keys_that_are_off_are_not_named_until_they_are_reset() {
        visit("en");
        press("Shift+?");
        page.getByText("Single-key shortcuts").click();
        press("Escape");
        assertThat(page.locator(".tools .segments kbd:visible, .foot .comment kbd:visible"))
                .hasCount(0);
        assertThat(page.locator(".status").getByText("Single keys are off")).hasCount(1);
        press("4");
        assertThat(checked()).hasCount(0);
        press("Shift+?");
        page.getByText("Reset all").click();
        press("Escape");
        // the browser says that a dialog is closed a moment after its key
        assertThat(page.locator("dialog")).hasCount(0);
        press("4");
        assertThat(checked()).hasCount(1);
        assertThat(page.locator(".tools .segments kbd:visible").first()).hasText("Q");
    }

    @ParameterizedTest
    @CsvSource({"1280,720", "1440,900", "1024,768", "640,360"})
    void blink_can_be_flipped_by_key_and_by_pointer(int width, int height) {
        page.setViewportSize(width, height);
        visit("en");
        press("e");
        var flip = page.locator(".hold");
        assertThat(flip).isVisible();
        assertThat((Boolean) flip.evaluate("button => button.getBoundingClientRect().right"
                        + " <= button.closest('.context').getBoundingClientRect().right + 1"))
                .isTrue();
        var captions = page.locator("pair-viewer .label");
        assertThat(captions.first()).containsText("Edit A");
        flip.hover();
        page.mouse().down();
        assertThat(captions.first()).containsText("Source");
        page.mouse().up();
        assertThat(captions.first()).containsText("Edit A");
        page.keyboard().down("Space");
        assertThat(captions.first()).containsText("Source");
        page.keyboard().up("Space");
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat((Map<?, ?>) server.labels().getFirst().get("attention"))
                .extracting("flips")
                .isEqualTo(2);
    }

    @Test
    void nothing_covers_a_picture() {
        server.sizesDiffer = true;
        visit("en");
        assertThat(page.locator("pair-viewer .note").first()).containsText("320 × 120");
        press("t");
        assertThat(page.locator(".zoom .map")).isVisible();
        for (var mode : List.of("q", "w", "e", "r", "o")) {
            press(mode);
            drawn();
            assertThat((Boolean) page.locator("pair-viewer").evaluate("""
                viewer => [...viewer.shadowRoot.querySelectorAll(".column")].every(column => {
                    const picture = column.querySelector("canvas").getBoundingClientRect();
                    return [...column.querySelectorAll(".label, .note")].every(text =>
                            text.getBoundingClientRect().bottom <= picture.top);
                })\
                """))
                    .as(mode)
                    .isTrue();
        }
        press("x");
        assertThat(page.locator(".zoom .map")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"1280,720,", "1280,720,g", "1280,720,h", "1440,900,g", "640,360,", "720,450,", "960,540,"})
    void level_words_are_read_at_every_size(int width, int height, String drawer) {
        page.setViewportSize(width, height);
        visit("en");
        if (drawer != null) {
            press(drawer);
        }
        assertThat((Boolean) page.evaluate("""
            () => [...document.querySelector("annotation-workspace").shadowRoot.querySelectorAll(".rate .text")]
                    .every(word => word.clientWidth > 0 && word.scrollWidth <= word.clientWidth
                            && word.scrollHeight <= word.clientHeight + 1)\
            """)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1280,720", "960,540", "720,450", "640,360"})
    void the_top_strip_is_one_line_with_the_way_to_the_account(int width, int height) {
        page.setViewportSize(width, height);
        visit("en");
        assertThat(page.locator(".avatar")).isVisible();
        assertThat(page.locator(".avatar")).hasAttribute("href", "account");
        var box = page.locator(".top").boundingBox();
        assertThat(box.height).isLessThan(50);
        assertThat(page.locator(".avatar").boundingBox().x + 20).isLessThan(width);
    }

    @Test
    void the_campaigns_bar_has_its_number_and_its_name() {
        visit("en");
        assertThat(page.locator(".progress .whole")).containsText("Campaign");
        assertThat(page.locator(".progress .whole")).containsText("0 of 40");
        page.setViewportSize(900, 700);
        assertThat(page.locator(".progress .bar")).isHidden();
        assertThat(page.locator(".progress b")).hasText("0 today");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void pairs_that_one_skipped_are_named_as_the_reason(String language) {
        server.empty = "skipped_by_you";
        page.navigate(server.address() + "/annotate/wave?" + language);
        assertThat(page.locator(".vacancy p"))
                .containsText(language.equals("en") ? "What is left are pairs that you skipped." : "剩下的都是你跳过的对");
    }

    @Test
    void before_the_pictures_are_there_no_zoom_is_chosen_and_then_one() {
        server.losePictures(true);
        page.navigate(server.address() + "/annotate/wave?en");
        assertThat(instruction()).isVisible();
        assertThat(page.locator(".zoom [aria-pressed=true]")).hasCount(0);
        assertThat(page.locator(".zoom output")).hasText("–");
        server.losePictures(false);
        painted();
        assertThat(page.locator(".zoom [aria-pressed=true]")).hasCount(1);
    }

    @Test
    void what_was_said_about_a_pair_is_not_said_about_the_next() {
        visit("en");
        press("4", "3", "2", "1");
        assertThat(page.locator("#spoken")).hasText("All answered. Press Enter to submit.");
        press("Enter");
        assertThat(page.locator("#spoken")).hasText("Submitted.");
        assertThat(page.locator("#spoken"))
                .hasText(
                        "",
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(15_000));
    }

    @Test
    void colours_of_the_persons_own_keep_the_stage_and_what_is_chosen() {
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        visit("en");
        press("4", "r");
        assertThat(page.locator("pair-viewer")).hasCSS("background-color", "rgb(69, 69, 69)");
        var chosen = page.locator(".tools .segments [aria-checked=true]");
        var other = page.locator(".tools .segments [aria-checked=false]").first();
        assertThat(background(chosen)).isNotEqualTo(background(other));
        assertThat(page.locator(".submit")).hasCSS("border-top-style", "dashed");
        assertThat(page.locator(".bar")).not().hasCSS("outline-style", "none");
        clean("forced colours");
    }

    private static String background(com.microsoft.playwright.Locator element) {
        return (String) element.evaluate("element => getComputedStyle(element).backgroundColor");
    }
}
