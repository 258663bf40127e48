package org.diptych;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diptych.browser.Chromium;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built jar with its demo campaigns, and a real browser in front of it. */
@NullUnmarked
final class DemoInBrowser implements AutoCloseable {
    private static DemoInBrowser shared;

    private final Path data;
    private final int port;
    private ServerProcess server;
    private final StringBuilder passwords = new StringBuilder();

    private DemoInBrowser(Path data, int port, ServerProcess server) {
        this.data = data;
        this.port = port;
        this.server = server;
    }

    /** One for a test that ends it, starts it again or counts all that is in it. */
    static DemoInBrowser start(Path data) throws Exception {
        var port = ServerProcess.freePort();
        return new DemoInBrowser(data, port, ServerProcess.start(data, port, "--demo"));
    }

    /**
     * The one of all tests that let it run, since a start takes long. None of them judges, or reads what another changes: a
     * test that counts judgements or changes an account's language has one of its own.
     */
    static synchronized DemoInBrowser shared() throws Exception {
        if (shared == null) {
            var folder = Files.createTempDirectory("demo");
            shared = start(folder.resolve("data"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(shared, folder)));
        }
        return shared;
    }

    private static void discard(DemoInBrowser demo, Path folder) {
        try {
            demo.close();
            FileSystemUtils.deleteRecursively(folder);
        } catch (InterruptedException | IOException left) {
            throw new IllegalStateException("what is left of the demo lies in " + folder, left);
        }
    }

    Browser browser() {
        return Chromium.shared().browser();
    }

    String url() {
        return server.url();
    }

    /** Runs a command of the command line as the administrator. */
    JsonNode asAdministrator(Path folder, String command, String... options) throws IOException {
        return server.command(
                command,
                Stream.concat(Stream.of("--token", token(folder)), Stream.of(options))
                        .toArray(String[]::new));
    }

    /** Labels of the campaign "Procedural edits", by four annotators who are not people. */
    void simulate(Path folder, int labels) throws IOException {
        var truth = folder.resolve("truth.jsonl");
        try (var stream = DemoInBrowser.class.getResourceAsStream("/demo/procedural-edits/truth.jsonl")) {
            Files.write(truth, stream.readAllBytes());
        }
        asAdministrator(
                folder,
                "simulate",
                "--campaign",
                "Procedural edits",
                "--truth",
                truth.toString(),
                "--annotators",
                "4",
                "--labels",
                Integer.toString(labels),
                "--seed",
                "7");
    }

    String token(Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
        return server.command("token", "--user", "admin", "--password-file", password.toString())
                .path("token")
                .asString();
    }

    /** Makes an account; the password that was given to it. */
    String account(String name) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var made = client.send(
                    HttpRequest.newBuilder(URI.create(url() + "/api/v1/accounts"))
                            .header("Authorization", "Bearer " + token(data.getParent()))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"name\": \"" + name + "\", \"role\": \"LEAD\"}"))
                            .build(),
                    BodyHandlers.ofString());
            return JsonMapper.shared().readTree(made.body()).path("password").asString();
        }
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

    /** A page of somebody who was given a password and has chosen an own one: {@link #own}. */
    Page firstSignedIn(BrowserContext context, String name, String given) {
        var page = signedIn(context, name, given);
        page.waitForURL(url() + "/password");
        var fields = page.locator("main vaadin-password-field input");
        fields.first().fill(given);
        fields.last().fill(own(given));
        page.locator("main vaadin-button").first().click();
        page.waitForURL(url -> !url.contains("/password"));
        return page;
    }

    /** What somebody chooses in the place of a password that was given to them. */
    static String own(String given) {
        return given + " and mine";
    }

    /** The address of a campaign's pages, found as a lead finds it. */
    String campaign(Page page, String name) {
        page.navigate(url() + "/campaigns");
        var links = page.locator("#main a[href*='campaigns/']", new Page.LocatorOptions().setHasText(name));
        return links.first()
                .evaluate("link => link.href.match(/.*\\/campaigns\\/[0-9a-f-]{36}/)[0]")
                .toString();
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
        server.close();
    }
}
