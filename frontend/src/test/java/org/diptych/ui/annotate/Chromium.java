package org.diptych.ui.annotate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The machine's own Chromium, named by DIPTYCH_CHROMIUM or at its usual place; without one the tests are skipped. */
public final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;

    /** Starts the browser, or skips the tests that need it. */
    public Chromium() {
        Path executable =
                Path.of(Optional.ofNullable(System.getenv("DIPTYCH_CHROMIUM")).orElse("/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(executable), "no Chromium at " + executable + "; set DIPTYCH_CHROMIUM");
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
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

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
