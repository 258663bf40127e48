package org.diptych.ui.annotate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium, named by DIPTYCH_CHROMIUM or at its usual place; without one the tests are skipped. One
 * serves all tests of the virtual machine: what they must not share lies in profiles, and a start takes seconds.
 */
public final class Chromium {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static @Nullable Chromium running;

    private final Browser browser;

    private Chromium() {
        Path executable =
                Path.of(Optional.ofNullable(System.getenv("DIPTYCH_CHROMIUM")).orElse("/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(executable), "no Chromium at " + executable + "; set DIPTYCH_CHROMIUM");
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        // the driver ends the browser
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    }

    /** The browser, started when it is first asked for; tests that need it are skipped where there is none. */
    public static synchronized Chromium shared() {
        if (running == null) {
            running = new Chromium();
        }
        return running;
    }

    /** A browser profile of its own, with an empty store. */
    BrowserContext profile() {
        return profile(new Browser.NewContextOptions().setViewportSize(1280, 720));
    }

    /** The same on another screen. */
    BrowserContext profile(Browser.NewContextOptions screen) {
        return browser.newContext(screen);
    }

    /** A page in a profile of its own. */
    public Page page() {
        return profile().newPage();
    }
}
