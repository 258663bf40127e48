package org.diptych.ui.annotate;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A browser, a server that speaks the annotation interface, and what annotators do with both. */
@NullUnmarked
abstract class BrowserTest {
    static Chromium chromium;

    AnnotationServer server;
    BrowserContext profile;
    Page page;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        server = new AnnotationServer();
        open(chromium.profile());
    }

    /** Works in this profile from now on. */
    void open(BrowserContext chosen) {
        if (profile != null) {
            profile.close();
        }
        profile = chosen;
        page = profile.newPage();
        page.setDefaultTimeout(30_000);
    }

    static Browser.NewContextOptions screen(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height);
    }

    @AfterEach
    void close() {
        profile.close();
        server.close();
    }

    void visit() {
        visit("");
    }

    void visit(String language) {
        page.navigate(server.address() + "/annotate/wave" + (language.isEmpty() ? "" : "?" + language));
        painted();
    }

    void painted() {
        page.waitForFunction("() =>"
                + " document.querySelector('annotation-workspace')?.shadowRoot?.querySelector('pair-viewer')?.painted");
    }

    void press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }

    Locator instruction() {
        return page.locator(".instruction h1");
    }

    Locator checked() {
        return page.locator(".answer[aria-checked=true]");
    }

    void waitForLabels(int count) {
        page.waitForCondition(() -> server.labels().size() >= count);
    }

    /** No violation of the accessibility rules. */
    void clean(String what) {
        page.waitForTimeout(150);
        Assertions.assertThat(new AxeBuilder(page).analyze().getViolations())
                .as(what)
                .isEmpty();
    }

    /** The bundled rating protocol with other words in its guideline, in both languages. */
    static Map<String, Object> reworded() {
        var document = new LinkedHashMap<>(
                ProtocolDocument.bundled("edit-preference-v1").tree());
        @SuppressWarnings("unchecked")
        var guideline = new LinkedHashMap<>((Map<String, String>) document.get("guideline"));
        guideline.replaceAll((language, text) -> text.replace("costs one level", "costs nothing")
                .replace("扣一级", "不扣分")
                .replace("Hard is not a reason to skip.", "Hard is no reason to skip, ever."));
        document.put("guideline", guideline);
        return document;
    }
}
