package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class CampaignFileTest {
    private static final int GROUPS = 12;
    private static final int ITEMS = 24;
    private static final int CANDIDATES = 4;

    @TempDir
    Path folder;

    @Test
    void a_campaign_is_replayed_like_a_table_with_the_same_output() throws IOException {
        var out = new StringWriter();
        int status = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(write(lines()).toString(), "--splits", "3", "--policy", "v-optimal");
        assertThat(status).isZero();
        var json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.get("policies").get(0).get("policy").asString()).isEqualTo("uniform");
        assertThat(json.get("policies").get(1).get("gain").isNumber()).isTrue();
        assertThat(json.get("table").get("pairs").asInt()).isEqualTo(ITEMS * 6);
        assertThat(json.get("table").get("raters").asInt()).isEqualTo(2);
        // a quarter of the source images, and most of the other pairs in whole batches
        assertThat(json.get("settings").get("heldOut").asInt()).isEqualTo(GROUPS / 4);
        assertThat(json.get("settings").get("labels").asInt()).isEqualTo(80);
        assertThat(json.get("uniformTarget").asDouble()).isGreaterThan(.7);
    }

    @Test
    void labels_are_counted_and_a_cut_file_is_noticed() throws IOException {
        var lines = lines();
        assertThat(CampaignFile.labels(write(lines))).isEqualTo(ITEMS * 6 * 2);
        lines.removeLast();
        var cut = write(lines);
        assertThatThrownBy(() -> CampaignFile.labels(cut)).hasMessageContaining("not complete");
    }

    @Test
    void what_is_wrong_is_told_with_file_line_and_field() throws IOException {
        refused(0, "{\"type\": \"campaign\", \"version\": 2}", ":1: version:");
        refused(0, "{\"type\": \"pair\"}", ":1: type:");
        refused(1, "{\"type\": \"candidate\", \"number\": 0, \"item\": \"a\", \"group\": \"g\"}", ":2: features:");
        refused(1, line(1).replace("\"features\": \"", "\"features\": \"*"), ":2: features: this is no base64");
        refused(1, line(1).replaceFirst("\"features\": \"[^\"]*\"", "\"features\": \"AAAA\""), ":2: features: 3 bytes");
        refused(1, line(1).replace("\"number\": 0", "\"number\": 5"), ":2: number: 0 is expected");
        refused(2, "{not json", ":3: not valid JSON at column 2");
        refused(2, "{\"type\": \"note\"}", ":3: type:");
        int pair = ITEMS * CANDIDATES + 1;
        refused(pair, line(pair).replace("\"first\": 0", "\"first\": 999"), ":%d: first:".formatted(pair + 1));
        refused(pair, line(pair).replaceFirst("\"verdict\": \"[a-z]+\"", "\"verdict\": \"left\""), "verdict: \"left\"");
        refused(pair, line(pair).replaceFirst("\"annotator\": \"ann\", ", ""), "annotator: a text is expected");
    }

    private String line(int number) {
        return lines().get(number);
    }

    private void refused(int number, String line, String message) throws IOException {
        var lines = lines();
        lines.set(number, line);
        var file = write(lines);
        assertThatThrownBy(() -> ReplayTableFile.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("campaign.jsonl")
                .hasMessageContaining(message);
    }

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("campaign.jsonl"), lines);
    }

    /** Two items a source image; quality shows in two of three features; two annotators who err a little. */
    private static List<String> lines() {
        var random = new SplittableRandom(4);
        var lines = new ArrayList<String>();
        lines.add("{\"type\": \"campaign\", \"version\": 1, \"features\": 3, \"pairs\": %d, \"labels\": %d}"
                .formatted(ITEMS * 6, ITEMS * 6 * 2));
        var quality = new double[ITEMS * CANDIDATES];
        for (int candidate = 0; candidate < quality.length; candidate++) {
            quality[candidate] = random.nextGaussian();
            var bytes = ByteBuffer.allocate(3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putFloat((float) (quality[candidate] + .5 * random.nextGaussian()));
            bytes.putFloat((float) (quality[candidate] + .5 * random.nextGaussian()));
            bytes.putFloat((float) random.nextGaussian());
            int item = candidate / CANDIDATES;
            lines.add(
                    "{\"type\": \"candidate\", \"number\": %d, \"item\": \"i%d\", \"group\": \"g%d\", \"features\": \"%s\"}"
                            .formatted(
                                    candidate,
                                    item,
                                    item % GROUPS,
                                    Base64.getEncoder().encodeToString(bytes.array())));
        }
        for (int item = 0; item < ITEMS; item++) {
            for (int a = 0; a < CANDIDATES; a++) {
                for (int b = a + 1; b < CANDIDATES; b++) {
                    int first = item * CANDIDATES + a;
                    int second = item * CANDIDATES + b;
                    double margin = quality[first] - quality[second];
                    lines.add(
                            "{\"type\": \"pair\", \"first\": %d, \"second\": %d, \"stratum\": \"%s\", \"labels\": [%s, %s]}"
                                    .formatted(
                                            first,
                                            second,
                                            (a + b + item) % 2 == 0 ? "uniform" : "acquired",
                                            label("ann", margin + .3 * random.nextGaussian()),
                                            label("bob", margin + .3 * random.nextGaussian())));
                }
            }
        }
        return lines;
    }

    private static String label(String annotator, double margin) {
        String verdict = Math.abs(margin) < .2 ? "tie" : margin > 0 ? "first" : "second";
        return "{\"annotator\": \"%s\", \"verdict\": \"%s\"}".formatted(annotator, verdict);
    }
}
