package org.diptych.service.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharedReadingTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger computed = new AtomicInteger();
    private final SharedReading<String, Integer> reading = new SharedReading<>(10, _ -> false, now::get, Runnable::run);

    private int read(Duration cost) {
        return reading.get("campaign", () -> {
            now.addAndGet(cost.toNanos());
            return computed.incrementAndGet();
        });
    }

    @Test
    void what_is_cheap_is_always_read_anew() {
        assertThat(read(Duration.ofMillis(5))).isEqualTo(1);
        assertThat(read(Duration.ofMillis(5))).isEqualTo(2);
    }

    @Test
    void what_was_costly_is_good_for_a_multiple_of_its_cost() {
        assertThat(read(Duration.ofMillis(500))).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(read(Duration.ofMillis(500))).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(read(Duration.ofMillis(500))).isEqualTo(2);
    }

    @Test
    void nothing_is_out_of_date_for_longer_than_a_minute() {
        read(Duration.ofMinutes(5));
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(read(Duration.ofMinutes(5))).isEqualTo(2);
    }

    @Test
    void whoever_asks_while_it_is_computed_gets_the_same() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            answers.add(threads.submit(() -> reading.get("campaign", () -> {
                begun.countDown();
                await(goOn);
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                return computed.incrementAndGet();
            })));
            begun.await();
            for (int reader = 0; reader < 20; reader++) {
                answers.add(threads.submit(() -> read(Duration.ofSeconds(1))));
            }
            goOn.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void what_is_small_is_read_anew_however_long_it_took() {
        var small = new SharedReading<String, Integer>(10, _ -> true, now::get, Runnable::run);
        for (int expected = 1; expected <= 3; expected++) {
            assertThat(small.get("campaign", () -> slow())).isEqualTo(expected);
        }
    }

    private int slow() {
        return slow(1000);
    }

    private int slow(int milliseconds) {
        now.addAndGet(Duration.ofMillis(milliseconds).toNanos());
        return computed.incrementAndGet();
    }

    @Test
    void nobody_waits_while_what_is_known_is_read_again() {
        var beside = new ArrayList<Runnable>();
        var shown = new SharedReading<String, Integer>(10, _ -> false, now::get, beside::add);
        assertThat(shown.get("campaign", this::slow)).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        for (int page = 0; page < 20; page++) {
            assertThat(shown.get("campaign", this::slow)).isEqualTo(1);
        }
        assertThat(beside).as("read once for all pages").hasSize(1);
        beside.getFirst().run();
        assertThat(shown.get("campaign", this::slow)).isEqualTo(2);
    }

    @Test
    void who_comes_after_a_pause_waits_for_figures_rather_than_getting_those_of_long_ago() {
        var beside = new ArrayList<Runnable>();
        var shown = new SharedReading<String, Integer>(10, _ -> false, now::get, beside::add);
        assertThat(shown.get("campaign", () -> slow(100))).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(shown.get("campaign", () -> slow(100))).isEqualTo(2);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(shown.getAll(List.of("campaign"), _ -> Map.of("campaign", slow(100))))
                .containsOnly(Map.entry("campaign", 3));
        assertThat(beside).isEmpty();
    }

    @Test
    void figures_that_cannot_be_read_stay_as_they_were_and_are_tried_again() {
        read(Duration.ofMillis(500));
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(reading.get("campaign", () -> {
                    throw new IllegalStateException("the database is away");
                }))
                .isEqualTo(1);
        assertThat(read(Duration.ofMillis(500))).isEqualTo(2);
    }

    @Test
    void what_is_asked_for_all_the_time_is_not_read_in_between_however_cheap_it_is() {
        assertThat(reading.recent("campaign", Duration.ofSeconds(2), computed::incrementAndGet))
                .isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(reading.recent("campaign", Duration.ofSeconds(2), computed::incrementAndGet))
                .isEqualTo(1);
        now.addAndGet(1);
        assertThat(reading.recent("campaign", Duration.ofSeconds(2), computed::incrementAndGet))
                .isEqualTo(2);
    }

    @Test
    void many_are_read_together_but_for_those_that_are_known() {
        read(Duration.ofSeconds(1));
        var asked = new ArrayList<Set<String>>();
        var figures = reading.getAll(List.of("campaign", "other", "third"), keys -> {
            asked.add(keys);
            return keys.stream().collect(Collectors.toMap(Function.identity(), String::length));
        });
        assertThat(figures).containsOnly(Map.entry("campaign", 1), Map.entry("other", 5), Map.entry("third", 5));
        assertThat(asked).containsExactly(Set.of("other", "third"));
    }

    @Test
    void those_that_are_out_of_date_are_read_together_beside_whoever_asks() {
        var beside = new ArrayList<Runnable>();
        var shown = new SharedReading<String, Integer>(10, _ -> false, now::get, beside::add);
        var asked = new ArrayList<Set<String>>();
        Function<Set<String>, Map<String, Integer>> read = keys -> {
            asked.add(keys);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return keys.stream().collect(Collectors.toMap(Function.identity(), _ -> asked.size()));
        };
        shown.getAll(List.of("one", "two", "three"), read);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        for (int page = 0; page < 5; page++) {
            assertThat(shown.getAll(List.of("one", "two", "three"), read).values())
                    .containsOnly(1);
        }
        assertThat(beside).hasSize(1);
        beside.getFirst().run();
        assertThat(asked).hasSize(2).last().isEqualTo(Set.of("one", "two", "three"));
        assertThat(shown.getAll(List.of("one", "two", "three"), read).values()).containsOnly(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
