package org.diptych.bench;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * What an annotator feels: the time from the submit key until both next edits and their source are painted, in Chromium
 * against a running server. It imports its own campaign of 1,024-pixel pictures, submits 200 judgements with a pause of
 * human length between them, and prints quantiles in milliseconds as JSON; then the frame times of panning at 1:1.
 *
 * <p>Arguments: server address, administrator's name, password, number of submits (200), pause in milliseconds (400).
 */
final class WorkspaceBenchmark {
    private static final int SIDE = 1024;

    /** Resolves with the milliseconds from the key to the frame after the one in which the new pair was painted. */
    private static final String SUBMIT = """
            () => new Promise(resolve => {
              const root = document.querySelector('annotation-workspace').shadowRoot;
              const viewer = root.querySelector('pair-viewer');
              const begun = performance.now();
              viewer.addEventListener('pair-painted',
                () => requestAnimationFrame(() => resolve(performance.now() - begun)), {once: true});
              document.body.dispatchEvent(new KeyboardEvent('keydown',
                {key: 'Enter', code: 'Enter', bubbles: true, composed: true}));
            })""";

    private static final String PAN = """
            async () => {
              const viewer = document.querySelector('annotation-workspace').shadowRoot.querySelector('pair-viewer');
              const pane = viewer.shadowRoot.querySelector('.pane');
              const box = pane.getBoundingClientRect();
              const send = (type, x, y) => pane.dispatchEvent(new PointerEvent(type,
                {clientX: box.left + x, clientY: box.top + y, pointerId: 1, button: 0, bubbles: true}));
              pane.setPointerCapture = () => undefined;
              send('pointerdown', 200, 200);
              const frames = [];
              let last = await new Promise(requestAnimationFrame);
              for (let i = 0; i < 240; i++) {
                send('pointermove', 200 + 90 * Math.sin(i / 9), 200 + 70 * Math.cos(i / 13));
                const now = await new Promise(requestAnimationFrame);
                frames.push(now - last);
                last = now;
              }
              send('pointerup', 200, 200);
              return frames;
            }""";

    private WorkspaceBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var server = arguments[0];
        int submits = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 200;
        int pause = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 400;
        var campaign = importCampaign(server, arguments[1], arguments[2], submits + 10);
        try (var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment()));
                var browser = playwright.chromium().launch(launch())) {
            var page = browser.newPage();
            page.setViewportSize(1440, 900);
            page.navigate(server + "/login");
            page.locator("input[name=username]").fill(arguments[1]);
            page.locator("input[name=password]").fill(arguments[2]);
            page.keyboard().press("Enter");
            page.waitForURL(address -> !address.contains("/login"));
            page.navigate(server + "/annotate/" + campaign);
            painted(page);
            System.out.println(quantiles("submitToPainted", submit(page, submits, pause)));
            page.keyboard().press("z");
            page.waitForTimeout(500);
            System.out.println(quantiles("panFrame", numbers(page.evaluate(PAN))));
        }
    }

    private static double[] submit(Page page, int submits, int pause) {
        var times = new double[submits];
        for (int i = 0; i < submits; i++) {
            for (var key : List.of("4", "3", "2", "1")) {
                page.keyboard().press(key);
            }
            page.waitForTimeout(pause);
            times[i] = ((Number) page.evaluate(SUBMIT)).doubleValue();
        }
        return times;
    }

    private static void painted(Page page) {
        page.waitForFunction("() => document.querySelector('annotation-workspace')"
                + "?.shadowRoot?.querySelector('pair-viewer')?.painted");
    }

    private static String quantiles(String name, double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "{\"measure\": \"%s\", \"n\": %d, \"p50\": %.1f, \"p95\": %.1f, \"max\": %.1f}",
                name,
                sorted.length,
                sorted[(sorted.length - 1) / 2],
                sorted[(int) ((sorted.length - 1) * 0.95)],
                sorted[sorted.length - 1]);
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }

    private static HashMap<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return environment;
    }

    private static BrowserType.LaunchOptions launch() {
        var executable = Optional.ofNullable(System.getenv("DIPTYCH_CHROMIUM")).orElse("/usr/bin/chromium");
        return new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(executable))
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run"));
    }

    // ---- the campaign

    private static String importCampaign(String server, String user, String password, int items)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            var token = field(
                    "token",
                    post(client, server + "/api/v1/tokens", "Basic " + basic, "application/json", new byte[] {'{', '}'
                    }));
            var name = "workspace-benchmark-" + System.currentTimeMillis();
            return field(
                    "campaign",
                    post(
                            client,
                            server + "/api/v1/imports?campaign=" + name
                                    + "&protocol=edit-preference-v1&labelsPerPair=1",
                            "Bearer " + token,
                            "application/zip",
                            manifest(items)));
        }
    }

    private static String post(HttpClient client, String address, String authorization, String type, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", authorization)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(address + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String field(String name, String json) {
        var matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    private static byte[] manifest(int items) throws IOException {
        var random = new SplittableRandom(7);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var lines = new StringBuilder();
            for (int i = 0; i < items; i++) {
                var pictures = List.of("source", "one", "two");
                for (var picture : pictures) {
                    zip.putNextEntry(new ZipEntry("images/" + i + "-" + picture + ".jpg"));
                    zip.write(draw(random));
                    zip.closeEntry();
                }
                lines.append(String.format(
                        "{\"id\": \"i%1$d\", \"instruction\": \"Paint %1$d.\", \"source\": \"images/%1$d-source.jpg\","
                                + " \"candidates\": [{\"model\": \"m\", \"image\": \"images/%1$d-one.jpg\"},"
                                + " {\"model\": \"n\", \"image\": \"images/%1$d-two.jpg\"}]}%n",
                        i));
            }
            zip.putNextEntry(new ZipEntry("manifest.jsonl"));
            zip.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** Overlapping rectangles: about as hard to decode as a photograph. */
    private static byte[] draw(SplittableRandom random) throws IOException {
        var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        for (int i = 0; i < 1500; i++) {
            pen.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
            pen.fillRect(random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(90), random.nextInt(90));
        }
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", bytes);
        return bytes.toByteArray();
    }
}
