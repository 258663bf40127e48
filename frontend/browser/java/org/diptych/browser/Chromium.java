package org.diptych.browser;

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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium; without one the tests are skipped. One serves all tests of the virtual machine: what they
 * must not share lies in profiles, and a start takes seconds.
 */
public final class Chromium {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static final Map<Path, Chromium> RUNNING = new HashMap<>();
    private static @Nullable Playwright playwright;

    private final Browser browser;

    private Chromium(Path executable) {
        browser = driver().chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
    }

    private static Playwright driver() {
        if (playwright == null) {
            var environment = new HashMap<>(System.getenv());
            environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            var started = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
            // the driver ends its browsers
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            playwright = started;
        }
        return playwright;
    }

    /**
     * The browser for pages that do not look at what is around them: Chromium's headless shell, named by
     * DIPTYCH_HEADLESS_SHELL or at its usual place, where it is there. It is the same engine without windows, for half the
     * work. Else the whole browser.
     */
    public static Chromium shared() {
        Path shell = named("DIPTYCH_HEADLESS_SHELL", "/usr/bin/chromium-headless-shell");
        return Files.isExecutable(shell) ? running(shell) : whole();
    }

    /** The browser that people have, named by DIPTYCH_CHROMIUM or at its usual place. It also knows the keyboard. */
    public static Chromium whole() {
        Path executable = named("DIPTYCH_CHROMIUM", "/usr/bin/chromium");
        assumeTrue(Files.isExecutable(executable), "no Chromium at " + executable + "; set DIPTYCH_CHROMIUM");
        return running(executable);
    }

    private static Path named(String variable, String usual) {
        return Path.of(Optional.ofNullable(System.getenv(variable)).orElse(usual));
    }

    private static synchronized Chromium running(Path executable) {
        return RUNNING.computeIfAbsent(executable, Chromium::new);
    }

    /** The browser itself. */
    public Browser browser() {
        return browser;
    }

    /** A browser profile of its own, with an empty store. */
    public BrowserContext profile() {
        return profile(new Browser.NewContextOptions().setViewportSize(1280, 720));
    }

    /** The same on another screen. */
    public BrowserContext profile(Browser.NewContextOptions screen) {
        return browser.newContext(screen);
    }

    /** A page in a profile of its own. */
    public Page page() {
        return profile().newPage();
    }
}
