package org.diptych.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * The rules of axe, asked of a page as it stands, but for the stripe that Vaadin shows without a network. The library's own
 * way opens a second page for each question and takes ten times as long; our pages have no frames, which it is for.
 */
@NullUnmarked
public final class Accessibility {
    private static final String AXE = script();

    /** What fades or moves has its last colour and place when it has come to its end; some animations have none. */
    public static final String SETTLED = """
            async () => {
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const roots = [document];
                const moving = [];
                for (const root of roots) {
                    moving.push(...root.getAnimations());
                    roots.push(...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []));
                }
                const ending = moving.filter(each => each.effect.getComputedTiming().endTime !== Infinity);
                await Promise.allSettled(ending.map(each => each.finished));
            }""";

    private static final String RUN = """
            async () => {
                if (frames.length > 0) {
                    throw new Error("what is in a frame is not looked at");
                }
                const place = { exclude: ["vaadin-connection-indicator"] };
                const { violations } = await axe.run(place, { resultTypes: ["violations"] });
                return violations.map(({ id, help, nodes }) =>
                        `${id} (${help}) on ${location.href}: ${nodes.map(({ html }) => html).join(", ")}`);
            }""";

    private Accessibility() {}

    /** The rules that the page breaks, each with where; empty on a page that is as it should be. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Page page) {
        page.evaluate(SETTLED);
        if (!(Boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(AXE);
        }
        return (List<String>) page.evaluate(RUN);
    }

    private static String script() {
        try (var stream = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            // nothing of it is to be handed back
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8) + ";undefined";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
