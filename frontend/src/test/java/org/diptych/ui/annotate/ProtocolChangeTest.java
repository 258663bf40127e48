package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The campaign moves to another version of its protocol. */
@NullUnmarked
class ProtocolChangeTest extends BrowserTest {
    private void change() {
        server.ask(reworded(), "second");
    }

    private void reading() {
        assertThat(page.locator("change-reader h1")).hasText("The protocol changed");
    }

    @Test
    void what_changed_is_read_and_confirmed_with_a_key_before_the_next_answer() {
        change();
        page.navigate(server.address() + "/annotate/wave");
        reading();
        assertThat(page.locator("pair-viewer")).hasCount(0);
        assertThat(page.locator(".passage")).hasCount(2);
        assertThat(page.locator(".passage h2").first()).containsText("Instruction following");
        assertThat(page.locator(".woven del").first()).containsText("one level");
        assertThat(page.locator(".woven ins").first()).containsText("nothing");
        press("4", "s");
        assertThat(page.locator("dialog")).hasCount(0);
        press("End");
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "false");
        press("Enter");
        painted();
        assertThat(server.protocols.confirmed()).containsExactly("second");
        page.reload();
        painted();
    }

    @Test
    void it_cannot_be_confirmed_before_its_end_was_in_sight() {
        page.setViewportSize(1280, 420);
        change();
        page.navigate(server.address() + "/annotate/wave");
        reading();
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "true");
        press("Enter");
        page.locator("change-reader button").click(new Locator.ClickOptions().setForce(true));
        assertThat(server.protocols.confirmed()).isEmpty();
        page.locator("change-reader .scroller").focus();
        press("End");
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "false");
        page.locator("change-reader button").click();
        painted();
    }

    @Test
    void pairs_on_the_desk_keep_their_version_and_the_first_new_one_asks() {
        visit();
        change();
        for (int pair = 0; pair < 3; pair++) {
            assertThat(instruction()).hasText("Paint square " + pair + ".");
            press("4", "3", "2", "1", "Enter");
        }
        reading();
        waitForLabels(3);
        press("End");
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "false");
        press("Enter");
        assertThat(instruction()).hasText("Paint square 3.");
    }

    @Test
    void a_confirmation_that_cannot_be_stored_is_not_taken() {
        change();
        server.protocols.fail(true);
        page.navigate(server.address() + "/annotate/wave");
        reading();
        press("End");
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "false");
        press("Enter");
        assertThat(page.locator("#spoken")).containsText("could not be stored");
        assertThat(page.locator("change-reader")).isVisible();
        server.protocols.fail(false);
        press("Enter");
        painted();
    }

    @Test
    void a_correction_of_an_older_answer_is_made_under_its_version() {
        visit();
        change();
        for (int pair = 0; pair < 3; pair++) {
            assertThat(instruction()).hasText("Paint square " + pair + ".");
            press("4", "3", "2", "1", "Enter");
        }
        reading();
        press("End");
        assertThat(page.locator("change-reader button")).hasAttribute("aria-disabled", "false");
        press("Enter");
        painted();
        press("h");
        page.locator("my-work").getByText("Edit").first().click();
        press("g");
        assertThat(page.locator(".drawer .prose")).containsText("costs one level");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everybody_can_read_it(ColorScheme scheme, String language) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        change();
        page.navigate(server.address() + "/annotate/wave?" + language);
        assertThat(page.locator("change-reader h1")).isVisible();
        clean("change");
    }
}
