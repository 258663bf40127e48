package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.util.Map;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keyboards of other layouts, input methods, and keys that are held down, as the browser reports them. */
@NullUnmarked
class KeyboardTest extends BrowserTest {
    /** Only it tells what is printed on the keys. */
    @Override
    Chromium browser() {
        return Chromium.whole();
    }

    private static final int ALT = 1;
    private static final int CONTROL = 2;
    private static final int SHIFT = 8;

    private CDPSession keyboard;

    private void key(String key, String code, int modifiers) {
        key(key, code, modifiers, 0, 0);
    }

    /** One key of some layout: what is printed and where it is. */
    private void key(String key, String code, int modifiers, int repeats, int keyCode) {
        if (keyboard == null) {
            keyboard = profile.newCDPSession(page);
        }
        for (int time = 0; time <= repeats; time++) {
            send("rawKeyDown", key, code, modifiers, time > 0, keyCode);
        }
        send("keyUp", key, code, modifiers, false, keyCode);
    }

    private void send(String type, String key, String code, int modifiers, boolean repeat, int keyCode) {
        var event = new JsonObject();
        event.addProperty("type", type);
        event.addProperty("key", key);
        event.addProperty("code", code);
        event.addProperty("modifiers", modifiers);
        event.addProperty("autoRepeat", repeat);
        event.addProperty("windowsVirtualKeyCode", keyCode);
        keyboard.send("Input.dispatchKeyEvent", event);
    }

    private void rated() {
        visit();
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
    }

    @ParameterizedTest
    @CsvSource({"z,KeyZ", "z,KeyY", "z,KeyW", "Z,KeyZ", "я,KeyZ", "ζ,KeyZ", "z,Slash"})
    void undo_is_the_printed_z_on_every_keyboard(String key, String code) {
        rated();
        key(key, code, CONTROL);
        assertThat(instruction()).hasText("Paint square 0.");
    }

    @ParameterizedTest
    @CsvSource({"y,KeyZ,2", "w,KeyZ,2", "ż,KeyZ,3", "z,KeyZ,10", "z,KeyZ,3"})
    void no_other_key_undoes(String key, String code, int modifiers) {
        rated();
        key(key, code, modifiers);
        page.waitForTimeout(150);
        assertThat(instruction()).hasText("Paint square 1.");
    }

    @ParameterizedTest
    @CsvSource({"?,Slash,8", "?,Minus,8", "?,KeyM,8", "?,Digit7,8", "？,Slash,8", "؟,Slash,8"})
    void the_question_mark_is_the_printed_one(String key, String code, int modifiers) {
        visit();
        key(key, code, modifiers);
        assertThat(page.locator("dialog h2")).hasText("Keyboard shortcuts");
    }

    @ParameterizedTest
    @CsvSource({"&,Digit1,0", "1,Digit1,8", "1,Numpad1,0", "１,Digit1,0", "١,Digit1,0", "1,'',0"})
    void the_first_digit_answers_on_every_keyboard(String key, String code, int modifiers) {
        visit();
        key(key, code, modifiers);
        assertThat(checked()).hasCount(1);
        assertThat(checked()).hasAttribute("data-value", "1");
    }

    @ParameterizedTest
    @CsvSource({"\",Digit3,0", "3,Digit3,8", "3,Numpad3,0", "３,Digit3,0", "3,'',0"})
    void the_same_digits_choose_in_a_dialog(String key, String code, int modifiers) {
        visit();
        press("s");
        key(key, code, modifiers);
        press("Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst()).containsEntry("skip", Map.of("reason", "picture_broken"));
    }

    @Test
    void the_number_pad_moves_instead_of_answering_when_it_is_set_to() {
        visit();
        key("End", "Numpad1", 0);
        page.waitForTimeout(100);
        assertThat(checked()).hasCount(0);
    }

    @Test
    void an_input_method_at_work_triggers_nothing() {
        visit();
        key("Process", "Digit4", 0, 0, 229);
        key("Process", "KeyS", 0, 0, 229);
        page.waitForTimeout(100);
        assertThat(checked()).hasCount(0);
        assertThat(page.locator("dialog")).hasCount(0);
        press("f");
        page.locator("#flag-note").fill("猫");
        key("Enter", "Enter", 0, 0, 229);
        assertThat(page.locator("dialog h2")).hasText("Flag for the project lead");
        press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    @Test
    void alt_and_the_third_character_of_a_key_are_no_single_keys() {
        visit();
        key("²", "Digit2", CONTROL | ALT);
        key("s", "KeyS", ALT);
        page.evaluate("() => document.body.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: '@', code: 'KeyS', modifierAltGraph: true, bubbles: true, composed: true}))");
        page.waitForTimeout(100);
        assertThat(checked()).hasCount(0);
        assertThat(page.locator("dialog")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"ы,KeyS", "σ,KeyS", "S,KeyS", "o,KeyS"})
    void single_keys_are_places(String key, String code) {
        visit();
        key(key, code, 0);
        assertThat(page.locator("dialog h2")).hasText("Skip this pair");
    }

    @Test
    void keys_that_were_moved_are_places_as_they_were_stored() {
        server.prefer(Map.of("keys", Map.of("skip", "KeyI", "flag", 5, "no_such", "KeyU")));
        visit();
        key("ш", "KeyI", 0);
        assertThat(page.locator("dialog h2")).hasText("Skip this pair");
        press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        press("f");
        assertThat(page.locator("dialog h2")).hasText("Flag for the project lead");
    }

    @ParameterizedTest
    @CsvSource({"0", "2"})
    void enter_held_down_sends_one_label(int modifiers) {
        visit();
        page.waitForTimeout(300);
        press("4", "3", "2", "1");
        key("Enter", "Enter", modifiers, 12, 13);
        waitForLabels(1);
        page.waitForTimeout(300);
        assertThat(server.labels()).hasSize(1);
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(page.locator(".need .problem")).hasCount(0);
    }

    @Test
    void enter_held_down_on_the_skip_button_does_not_skip() {
        visit();
        page.locator(".foot button").first().focus();
        key("Enter", "Enter", 0, 12, 13);
        page.waitForTimeout(150);
        assertThat(server.labels()).isEmpty();
    }

    @Test
    void a_keyboard_that_the_browser_does_not_tell_is_learned_from_its_keys() {
        profile.addInitScript("delete Navigator.prototype.keyboard");
        visit();
        var modes = page.locator(".tools kbd");
        assertThat(modes.nth(0)).hasText("Q*");
        assertThat(page.locator(".foot")).containsText("Skip S");
        press("Shift+?");
        assertThat(page.locator("dialog")).containsText("does not say what is printed on your keys");
        press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        key("a", "KeyQ", 0);
        assertThat(modes.nth(0)).hasText("A");
        key("z", "KeyW", 0);
        assertThat(modes.nth(1)).hasText("Z");
        page.reload();
        painted();
        assertThat(modes.nth(0)).hasText("A");
        // another script's letter names no key
        key("й", "KeyQ", 0);
        assertThat(modes.nth(0)).hasText("A");
    }

    @Test
    void enter_sets_the_flag_and_the_next_keys_answer() {
        visit();
        press("f");
        page.keyboard().type("lost a shadow");
        press("Shift+Enter");
        page.keyboard().type("left of the cat");
        press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        assertThat(server.labels().getFirst())
                .containsEntry("flagged", true)
                .extracting("comment")
                .asString()
                .startsWith("lost a shadow")
                .endsWith("left of the cat");
    }

    @Test
    void a_remapped_modifier_combination_is_no_key() {
        visit();
        press("Shift+?");
        page.getByLabel("Skip with a reason: S").click();
        key("k", "KeyK", CONTROL);
        key("Shift", "ShiftLeft", SHIFT);
        assertThat(page.locator(".key.waiting")).hasCount(1);
        key("л", "KeyK", 0);
        page.waitForCondition(
                () -> Map.of("skip", "KeyK").equals(server.preferences().get("keys")));
    }
}
