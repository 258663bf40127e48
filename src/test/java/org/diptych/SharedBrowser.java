package org.diptych;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One real browser for all tests of the virtual machine: what they must not share lies in its profiles. */
final class SharedBrowser {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static final Browser RUNNING = launch();

    private SharedBrowser() {}

    static Browser get() {
        return RUNNING;
    }

    private static Browser launch() {
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // the driver ends the browser
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(FLAGS));
    }

    /** Chromium's headless shell, which needs half the time, or else the whole browser. */
    private static Path executable() {
        Path shell = named("DIPTYCH_HEADLESS_SHELL", "/usr/bin/chromium-headless-shell");
        return Files.isExecutable(shell) ? shell : named("DIPTYCH_CHROMIUM", "/usr/bin/chromium");
    }

    private static Path named(String variable, String usual) {
        return Path.of(Optional.ofNullable(System.getenv(variable)).orElse(usual));
    }
}
