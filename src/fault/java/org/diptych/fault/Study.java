package org.diptych.fault;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** A campaign with its annotators, and what its export says of its labels. */
final class Study {
    static final int LABELS_PER_PAIR = 2;

    private static final int EDITS = 8;
    private static final int SIZE = 24;

    private final HttpClient http;
    private final Client lead;
    private final String id;
    private final String name;
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();

    private Study(HttpClient http, Client lead, String name, String id) {
        this.http = http;
        this.lead = lead;
        this.name = name;
        this.id = id;
    }

    /** Imports items of eight edits, so 28 pairs each. */
    static Study create(String url, String name, int items) throws Exception {
        var http = HttpClient.newHttpClient();
        var password = "admin:" + Installation.ADMIN_PASSWORD;
        var door = new Client(
                http, "Basic " + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
        var token = Client.good(door.post(url + "/api/v1/tokens", Map.of("title", "faults")))
                .path("token")
                .asString();
        var study = new Study(http, Client.of(http, token), name, "");
        var report = Client.good(study.importItems(url, items, 1));
        return new Study(http, study.lead, name, report.path("campaign").asString());
    }

    /** Sends so many items; another seed makes other pictures. */
    HttpResponse<String> importItems(String url, int items, int seed) throws IOException, InterruptedException {
        return lead.upload(
                url + "/api/v1/imports?campaign=" + name + "&labelsPerPair=" + LABELS_PER_PAIR,
                archive(items, seed),
                "application/zip");
    }

    String id() {
        return id;
    }

    Client lead() {
        return lead;
    }

    /** Everything that was ever acknowledged in it. */
    Set<UUID> acknowledged() {
        return acknowledged;
    }

    /** New annotators, who can do nothing but label. */
    List<Client> annotators(String url, int count) throws Exception {
        var made = Client.good(
                lead.post(url + "/api/v1/campaigns/" + id + "/simulated-annotators", Map.of("count", count)));
        var clients = new ArrayList<Client>();
        made.forEach(one -> clients.add(Client.of(http, one.path("token").asString())));
        return clients;
    }

    /** What is wrong with the labels that are stored, seen from those that were acknowledged; empty when nothing is. */
    List<String> faults(String url) throws Exception {
        var answer = lead.get(url + "/api/v1/campaigns/" + id + "/export?format=jsonl");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no export: " + answer.statusCode() + " " + answer.body());
        }
        var times = new HashMap<UUID, Integer>();
        var perPair = new HashMap<String, Integer>();
        var perPerson = new HashMap<String, Integer>();
        answer.body().lines().map(Client.JSON::readTree).forEach(label -> count(label, times, perPair, perPerson));
        var wrong = new ArrayList<String>();
        var lost = new HashSet<>(acknowledged);
        lost.removeAll(times.keySet());
        if (!lost.isEmpty()) {
            wrong.add(lost.size() + " acknowledged labels are lost, such as "
                    + lost.stream().limit(3).map(UUID::toString).collect(Collectors.joining(", ")));
        }
        above(1, times, "labels are there twice", wrong);
        above(LABELS_PER_PAIR, perPair, "pairs have too many labels", wrong);
        above(1, perPerson, "times somebody has two labels of one pair", wrong);
        return wrong;
    }

    private static void count(
            JsonNode label, Map<UUID, Integer> times, Map<String, Integer> perPair, Map<String, Integer> perPerson) {
        times.merge(UUID.fromString(label.path("id").asString()), 1, Integer::sum);
        var pair = label.path("pair").asString();
        if (label.path("slot").asInt() >= 0) {
            perPair.merge(pair, 1, Integer::sum);
        }
        perPerson.merge(pair + " " + label.path("annotator").asString(), 1, Integer::sum);
    }

    private static <K> void above(int most, Map<K, Integer> counts, String what, List<String> wrong) {
        long many = counts.values().stream().filter(count -> count > most).count();
        if (many > 0) {
            wrong.add(many + " " + what);
        }
    }

    private static byte[] archive(int items, int seed) {
        var random = new Random(seed);
        var bytes = new ByteArrayOutputStream();
        var manifest = new StringBuilder();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int item = 0; item < items; item++) {
                var prefix = seed + "-" + item;
                put(zip, prefix + ".png", picture(random));
                var candidates = new ArrayList<Map<String, String>>();
                for (int edit = 0; edit < EDITS; edit++) {
                    var path = prefix + "-" + edit + ".png";
                    put(zip, path, picture(random));
                    candidates.add(Map.of("model", "editor-" + edit, "image", path));
                }
                manifest.append(Client.JSON.writeValueAsString(Map.of(
                                "id",
                                prefix,
                                "instruction",
                                "Make it " + prefix,
                                "source",
                                prefix + ".png",
                                "candidates",
                                candidates)))
                        .append('\n');
            }
            put(zip, "manifest.jsonl", manifest.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] picture(Random random) throws IOException {
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
            image.setRGB(pixel % SIZE, pixel / SIZE, random.nextInt(1 << 24));
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
