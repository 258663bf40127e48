package org.diptych.ui.annotate;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.diptych.browser.Accessibility;
import org.diptych.browser.Chromium;
import org.diptych.protocol.ProtocolDocument;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A browser, a server that speaks the annotation interface, and what annotators do with both. */
@NullUnmarked
abstract class BrowserTest {
    Chromium chromium;

    AnnotationServer server;
    BrowserContext profile;
    Page page;

    /** What the pages of the profile have asked for and not got yet. */
    private final Set<Request> underWay = new HashSet<>();

    @BeforeEach
    void open() {
        chromium = browser();
        server = new AnnotationServer();
        open(chromium.profile());
    }

    Chromium browser() {
        return Chromium.shared();
    }

    /** Works in this profile from now on. */
    void open(BrowserContext chosen) {
        if (profile != null) {
            profile.close();
        }
        profile = chosen;
        underWay.clear();
        profile.onRequest(underWay::add);
        profile.onRequestFinished(underWay::remove);
        profile.onRequestFailed(underWay::remove);
        page = profile.newPage();
        page.setDefaultTimeout(30_000);
    }

    static Browser.NewContextOptions screen(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height);
    }

    @AfterEach
    void close() {
        if (profile != null) {
            profile.close();
            server.close();
        }
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

    /** Waits until nothing is on its way to the server or back. */
    void quiet() {
        page.waitForCondition(underWay::isEmpty);
    }

    /** Waits until the lease that the first key extends is extended: what a test does to it afterwards holds. */
    void extended() {
        page.waitForCondition(() -> server.mishaps.heartbeats() > 0);
        quiet();
    }

    /** Waits until the pictures of the next pair are in the browser: it could go on without a network. */
    void ahead() {
        page.waitForCondition(() -> server.drew("1-source") && server.drew("1-left") && server.drew("1-right"));
        quiet();
    }

    /** Waits until what was pressed is drawn. */
    void drawn() {
        page.evaluate(Accessibility.SETTLED);
    }

    /** No violation of the accessibility rules. */
    void clean(String what) {
        Assertions.assertThat(Accessibility.violations(page)).as(what).isEmpty();
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
