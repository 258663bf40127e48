package org.diptych.ui.annotate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fingers instead of keys. */
@NullUnmarked
class TabletTest extends BrowserTest {
    private void tablet(int width, int height, String mode) {
        open(chromium.profile(screen(width, height).setHasTouch(true).setIsMobile(true)));
        if (mode.equals("comparison")) {
            server.ask(ProtocolDocument.bundled("edit-comparison-v1").tree(), "comparison");
            server.protocols.known();
        }
        visit();
    }

    private int scrolled() {
        return ((Number) page.evaluate("() => Math.round(scrollX + scrollY)")).intValue();
    }

    private boolean fits() {
        return (Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"
                + " && document.documentElement.scrollHeight <= innerHeight");
    }

    @ParameterizedTest
    @CsvSource({"1024,768,rating", "820,1180,rating", "1024,768,comparison", "820,1180,comparison"})
    void a_pair_is_judged_with_taps_and_the_page_stays_where_it_is(int width, int height, String mode) {
        tablet(width, height, mode);
        assertThat(fits()).isTrue();
        for (var cell : page.locator(".answer[tabindex='0']").all()) {
            var box = cell.boundingBox();
            assertThat(box.width).isGreaterThanOrEqualTo(24);
            assertThat(box.height).isGreaterThanOrEqualTo(32);
            cell.tap();
        }
        page.locator(".submit").tap();
        waitForLabels(1);
        assertThat(instruction()).hasText("Paint square 1.");
        assertThat(scrolled()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1024,768", "820,1180"})
    void two_fingers_zoom_the_pictures_and_not_the_page(int width, int height) {
        tablet(width, height, "rating");
        var box = page.locator("pair-viewer").boundingBox();
        var before = page.locator(".zoom output").innerText();
        pinch(box.x + box.width / 6, box.y + box.height / 2);
        assertThat(page.locator(".zoom output")).not().hasText(before);
        assertThat(((Number) page.evaluate("() => visualViewport.scale")).doubleValue())
                .isEqualTo(1);
        assertThat(scrolled()).isZero();
    }

    /** Two fingers move apart around a point. */
    private void pinch(double x, double y) {
        var protocol = profile.newCDPSession(page);
        for (var step : new int[] {10, 20, 35, 50}) {
            protocol.send("Input.dispatchTouchEvent", touch(step == 10 ? "touchStart" : "touchMove", x, y, step));
        }
        protocol.send("Input.dispatchTouchEvent", touch("touchEnd", x, y, 0));
    }

    private static JsonObject touch(String type, double x, double y, int apart) {
        var points = new JsonArray();
        for (int side : apart == 0 ? new int[0] : new int[] {-1, 1}) {
            var point = new JsonObject();
            point.addProperty("x", x + side * apart);
            point.addProperty("y", y);
            point.addProperty("id", side + 1);
            points.add(point);
        }
        var event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        return event;
    }
}
