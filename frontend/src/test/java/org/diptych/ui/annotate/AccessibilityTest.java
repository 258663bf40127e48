package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import org.diptych.browser.Accessibility;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** That a page is accessible is worth as much as what would be found on one that is not. */
@NullUnmarked
class AccessibilityTest {
    private static final String PAGE = "<html lang=en><title>Page</title><main><h1>Page</h1>%s</main></html>";

    @Test
    void what_breaks_a_rule_is_found_also_in_a_shadow_root_and_on_every_page() {
        try (var profile = Chromium.shared().profile()) {
            var page = profile.newPage();
            page.setContent(PAGE.formatted("<p>Read me</p>"));
            assertThat(Accessibility.violations(page)).isEmpty();

            page.evaluate("""
                    () => {
                        const shadow = document.querySelector("p").attachShadow({ mode: "open" });
                        shadow.innerHTML = "<button></button><span style='color:#ccc;background:#fff'>pale</span>";
                    }""");
            assertThat(Accessibility.violations(page))
                    .satisfiesExactlyInAnyOrder(
                            rule -> assertThat(rule).startsWith("button-name"),
                            rule -> assertThat(rule)
                                    .startsWith("color-contrast")
                                    .contains("pale"));

            page.setContent(PAGE.formatted("<img src='data:,'>"));
            assertThat(Accessibility.violations(page))
                    .singleElement()
                    .asString()
                    .startsWith("image-alt");
        }
    }

    @Test
    void what_fades_in_is_looked_at_when_it_has_its_colour() {
        try (var profile = Chromium.shared().profile()) {
            var page = profile.newPage();
            page.setContent(PAGE.formatted("""
                    <style>@keyframes in { from { color: #fff } }</style><p style="animation: in 2s; color: #000">late</p>"""));
            assertThat(Accessibility.violations(page)).isEmpty();
        }
    }
}
