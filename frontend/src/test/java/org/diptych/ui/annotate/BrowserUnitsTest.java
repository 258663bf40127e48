package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the browser code's own unit tests (src/test/ts) in the browser. */
@NullUnmarked
class BrowserUnitsTest {
    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> units() {
        try (var server = new AnnotationServer();
                var profile = Chromium.shared().profile()) {
            var page = profile.newPage();
            page.navigate(server.address() + "/units");
            page.waitForFunction("() => globalThis.run !== undefined");
            var outcomes = (List<Map<String, String>>) page.evaluate("() => run()");
            assertThat(outcomes).hasSizeGreaterThan(20);
            return outcomes.stream()
                    .map(outcome -> DynamicTest.dynamicTest(
                            outcome.get("name"),
                            () -> assertThat(outcome.get("error")).isNull()));
        }
    }
}
