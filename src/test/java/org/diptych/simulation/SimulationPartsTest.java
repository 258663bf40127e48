package org.diptych.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationPartsTest {
    private static final AnswerRules RULES =
            new AnswerRules("test-v1", AnswerRules.Mode.RATING, List.of("fidelity", "quality"), 1, 4, "cannot_judge");

    @TempDir
    private Path folder;

    @Test
    void exactly_the_wanted_number_of_labels_is_made_although_some_work_comes_to_nothing() throws Exception {
        LabelBudget budget = new LabelBudget(500);
        AtomicInteger made = new AtomicInteger();
        Callable<Void> annotator = () -> {
            while (budget.take()) {
                if (ThreadLocalRandom.current().nextInt(3) == 0) {
                    budget.returned();
                } else {
                    made.incrementAndGet();
                    budget.spent();
                }
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(number -> annotator).toList())) {
                future.get();
            }
        }
        assertThat(made).hasValue(500);
    }

    @Test
    void percentiles_are_nearest_ranks_in_milliseconds() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentiles()).containsEntry("p50", null);
        for (int i = 3_000; i > 0; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.percentiles())
                .containsEntry("p50", 1_500.0)
                .containsEntry("p95", 2_850.0)
                .containsEntry("p99", 2_970.0);
    }

    @Test
    void a_picture_shared_by_items_is_told_apart_by_the_other_picture() {
        KnownPairs pairs = new KnownPairs();
        pairs.add("one", "unedited", new Truth.Ratings(List.of(1, 4)));
        pairs.add("two", "unedited", new Truth.Ratings(List.of(3, 4)));
        pairs.add("two", "edited", new Truth.Ratings(List.of(4, 2)));
        KnownPairs.Pair pair = pairs.find("edited", "unedited").orElseThrow();
        assertThat(pair.item()).isEqualTo("two");
        assertThat(pair.left().values()).containsExactly(4, 2);
        assertThat(pair.right().values()).containsExactly(3, 4);
        assertThat(pairs.find("edited", "unknown")).isEmpty();
    }

    @Test
    void a_truth_file_is_read_by_item_and_picture() throws Exception {
        Truth truth = Truth.read(
                file(
                        "{\"id\": \"a\", \"image\": \"x.jpg\", \"fidelity\": 3, \"quality\": 4, \"note\": \"kept out\"}\n\n"),
                RULES);
        assertThat(truth.of("a", "x.jpg")).hasValue(new Truth.Ratings(List.of(3, 4)));
        assertThat(truth.of("b", "x.jpg")).isEmpty();
    }

    @Test
    void what_is_wrong_with_a_truth_file_is_named_with_line_and_field() throws Exception {
        String good = "{\"id\": \"a\", \"image\": \"x.jpg\", \"fidelity\": 3, \"quality\": 4}\n";
        assertWrong(good + "{\"id\": \"b\", \"image\": \"x.jpg\", \"fidelity\": 3}", ":2: quality: this dimension");
        assertWrong(good + good, ":2: image: x.jpg of item a has a truth already");
        assertWrong("{\"id\": \"a\", \"image\": \"x.jpg\", \"fidelity\": 5, \"quality\": 4}", ":1: fidelity: expected");
        assertWrong("{\"id\": \"a\", \"image\"", ":1: the line ends in the middle of a JSON object");
        assertWrong("{\"id\": \"a\", \"fidelity\": 1, \"quality\": 4}", ":1: image: expected a text");
    }

    @Test
    void a_truth_file_is_read_by_the_rules_of_manifests() throws Exception {
        Truth truth = Truth.read(
                file("\ufeff{\"id\": 7, \"image\": \".\\\\u\u0308.jpg\", \"fidelity\": 3.0, \"quality\": 4}\r"
                        + "{\"id\": \"b\", \"image\": \"x.jpg\", \"fidelity\": 1, \"quality\": 2}\r"),
                RULES);
        assertThat(truth.of("7", "\u00fc.jpg")).hasValue(new Truth.Ratings(List.of(3, 4)));
        assertThat(truth.of("b", "x.jpg")).isPresent();
        assertWrong("{\"id\": \"a\", \"id\": \"b\"}", ":1: the key \"id\" is there twice");
        Path utf16 = Files.write(
                folder.resolve("utf16.jsonl"), "{\"id\": 7}".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        assertThatThrownBy(() -> Truth.read(utf16, RULES))
                .isInstanceOf(InvalidTruthException.class)
                .hasMessageContaining(":1: the file is text in UTF-16");
    }

    private void assertWrong(String content, String message) throws Exception {
        Path file = file(content);
        assertThatThrownBy(() -> Truth.read(file, RULES))
                .isInstanceOf(InvalidTruthException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("truth.jsonl"), content);
    }
}
