package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The instruction is read as a whole, in its own words and direction, without leaving the keyboard. */
@NullUnmarked
class InstructionTest extends BrowserTest {
    private static final String SENTENCE = "Replace the sky by a stormy one and do not touch the two boats. ";

    /** Only it tells what is printed on the keys. */
    @Override
    Chromium browser() {
        return Chromium.whole();
    }

    @ParameterizedTest
    @CsvSource({"1280,720,330", "1280,720,2000", "1280,720,8000", "1440,900,2000", "640,360,330", "640,360,8000"})
    void a_long_instruction_is_read_to_its_end_by_keys(int width, int height, int length) {
        page.setViewportSize(width, height);
        server.instruction = (SENTENCE.repeat(130).substring(0, length - 4) + " END").strip();
        visit();
        press("g", "Escape", "i");
        for (int page = 0; page < 80; page++) {
            press("PageDown");
        }
        assertThat(endIsSeen()).isTrue();
        assertThat(page.locator(".stage").boundingBox().height).isGreaterThanOrEqualTo(90);
        press("PageUp", "i", "4", "3", "2", "1", "Enter");
        waitForLabels(1);
    }

    @Test
    void what_does_not_fit_says_so_and_what_fits_says_nothing() {
        visit();
        assertThat(page.locator(".more")).hasCount(0);
        server.instruction = SENTENCE.repeat(40);
        page.reload();
        painted();
        press("4", "3", "2", "1", "Enter");
        assertThat(page.locator(".more")).hasText("Show all I");
        var before = page.locator("instruction-text").boundingBox().height;
        press("i");
        assertThat(page.locator(".more")).hasText("Show less I");
        page.waitForCondition(() -> page.locator("instruction-text").boundingBox().height > before + 40);
    }

    @ParameterizedTest
    @CsvSource({"1280,720,false", "1280,720,true", "640,360,false", "1440,900,true"})
    void nothing_is_cut_at_the_side(int width, int height, boolean guideline) {
        page.setViewportSize(width, height);
        server.instruction = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(5) + " 猫を真っ黒に 🐈‍⬛";
        server.category = "Eine-Kategorie-mit-einem-Namen-ohne-jedes-Leerzeichen-der-nirgends-hinpasst";
        visit();
        if (guideline) {
            press("g");
        }
        var words = page.locator("instruction-text .words");
        assertThat((Boolean) words.evaluate("words => words.scrollWidth <= words.clientWidth"))
                .isTrue();
        assertThat((Boolean) page.locator(".instruction")
                        .evaluate("row => [...row.querySelectorAll('.chip')].every(chip =>"
                                + " chip.getBoundingClientRect().right <= row.getBoundingClientRect().right"
                                + " && chip.scrollWidth <= chip.clientWidth)"))
                .isTrue();
    }

    @Test
    void lines_stay_lines_and_each_runs_in_its_own_direction() {
        server.instruction = "اجعل القطة سوداء.\r\nהשאר את הרקע.\u2028Then write HELLO.";
        visit();
        assertThat(instruction()).hasAttribute("dir", "auto");
        assertThat(instruction()).hasAttribute("lang", "");
        assertThat(instruction()).hasAttribute("translate", "no");
        assertThat(instruction()).hasCSS("direction", "rtl");
        var lines = ((Number) instruction()
                        .evaluate("h1 => h1.getBoundingClientRect().height /"
                                + " parseFloat(getComputedStyle(h1).lineHeight)"))
                .doubleValue();
        assertThat(lines).isBetween(2.9, 3.1);
    }

    @Test
    void a_page_translator_does_not_freeze_the_texts_of_a_pair_over_the_next_ones() {
        visit();
        translate();
        press("4", "3", "2", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(page.locator(".progress b")).hasText("1 today");
        translate();
        press("1", "1", "1", "1", "Enter");
        assertThat(instruction()).hasText("Paint square 2.");
        waitForLabels(2);
    }

    @Test
    void my_work_shows_instructions_as_they_were_written() {
        server.instruction = "اجعل القطة سوداء.\n" + SENTENCE.repeat(20);
        visit();
        press("4", "3", "2", "1", "Enter");
        waitForLabels(1);
        press("h");
        var written = page.locator("my-work .labels .written").first();
        assertThat(written).hasAttribute("dir", "auto");
        assertThat(written).hasCSS("white-space-collapse", "preserve-breaks");
        assertThat(page.locator("my-work .scroller-in-list").first()).hasAttribute("tabindex", "0");
    }

    /** Wraps every text that may be translated, as page translators do. */
    private void translate() {
        page.evaluate("""
            () => {
                const root = document.querySelector("annotation-workspace").shadowRoot;
                const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
                const texts = [];
                while (walker.nextNode()) texts.push(walker.currentNode);
                for (const text of texts.filter(each => each.data.trim()
                        && (each.parentElement?.translate !== false || each.parentElement?.closest(".instruction")))) {
                    const font = document.createElement("font");
                    font.textContent = "[" + text.data + "]";
                    text.replaceWith(font);
                }
            }\
            """);
        assertThat(page.locator("font").count()).isPositive();
    }

    private boolean endIsSeen() {
        return (Boolean) page.evaluate("""
            () => {
                const root = document.querySelector("annotation-workspace").shadowRoot;
                const text = root.querySelector(".instruction h1").firstChild;
                const range = document.createRange();
                range.setStart(text, text.length - 3);
                range.setEnd(text, text.length);
                const end = range.getBoundingClientRect();
                const place = root.querySelector(".instruction .words").getBoundingClientRect();
                return end.bottom <= place.bottom + 1 && end.top >= place.top - 1 && end.right <= place.right + 1;
            }\
            """);
    }

    @Test
    void the_rules_of_accessibility_hold_for_a_long_one() {
        server.instruction = SENTENCE.repeat(60);
        visit("en");
        clean("long instruction");
        press("i", "h");
        for (var what : List.of("expanded", "my work")) {
            clean(what);
        }
    }
}
