package org.diptych;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The built jar with its demo campaigns, and a real browser in front of it. */
final class DemoInBrowser implements AutoCloseable {
    private final Path data;
    private final int port;
    private ServerProcess server;
    private final Playwright playwright;
    private final Browser browser;
    private final StringBuilder passwords = new StringBuilder();

    private DemoInBrowser(Path data, int port, ServerProcess server, Playwright playwright, Browser browser) {
        this.data = data;
        this.port = port;
        this.server = server;
        this.playwright = playwright;
        this.browser = browser;
    }

    static DemoInBrowser start(Path data) throws Exception {
        var port = ServerProcess.freePort();
        var server = ServerProcess.start(data, port, "--demo");
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium()))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        return new DemoInBrowser(data, port, server, playwright, browser);
    }

    private static String chromium() {
        var configured = System.getenv("DIPTYCH_CHROMIUM");
        return configured == null ? "/usr/bin/chromium" : configured;
    }

    Browser browser() {
        return browser;
    }

    String url() {
        return server.url();
    }

    /** Runs a command of the command line as the administrator. */
    JsonNode asAdministrator(Path folder, String command, String... options) throws IOException {
        var password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
        var token = server.command("token", "--user", "admin", "--password-file", password.toString())
                .path("token")
                .asString();
        return server.command(
                command,
                Stream.concat(Stream.of("--token", token), Stream.of(options)).toArray(String[]::new));
    }

    /** A page of somebody whose password was printed at the first start. */
    Page signedIn(BrowserContext context, String name) throws IOException {
        return signedIn(context, name, password(name));
    }

    Page signedIn(BrowserContext context, String name, String password) {
        var page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.navigate(url() + "/login");
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill(password);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    /** The server ends and starts again on the same data and port. */
    void restart(boolean kill) throws Exception {
        passwords.append(server.errors());
        if (kill) {
            server.kill();
        } else {
            server.stop();
        }
        server = ServerProcess.start(data, port, "--demo");
    }

    private String password(String name) throws IOException {
        var printed = Pattern.compile("sign in as " + name + " with the password (\\S+)")
                .matcher(passwords + server.errors());
        if (!printed.find()) {
            throw new AssertionError("no password was printed for " + name);
        }
        return printed.group(1);
    }

    @Override
    public void close() throws InterruptedException {
        playwright.close();
        server.close();
    }
}
