package org.diptych.ui.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the tests of the workspace's state (src/test/ts/logic.ts): no browser, no page, no server. */
@NullUnmarked
class LogicTest {
    private static final Path BUNDLE = Path.of("target/test-classes/browser/logic.js");

    @TestFactory
    Stream<DynamicTest> logic() throws IOException {
        String script = "await import('%s'); console.log(JSON.stringify(await run()))"
                .formatted(BUNDLE.toAbsolutePath().toUri());
        Process process = Node.start(Path.of("."), "--input-type=module", "--eval", script);
        JsonNode outcomes = new JsonMapper().readTree(process.getInputStream());
        assertThat(outcomes).hasSizeGreaterThan(20);
        return StreamSupport.stream(outcomes.spliterator(), false)
                .map(outcome -> DynamicTest.dynamicTest(
                        outcome.get("name").asString(),
                        () -> assertThat(outcome.get("error").isNull())
                                .as(outcome.get("error").toString())
                                .isTrue()));
    }
}
