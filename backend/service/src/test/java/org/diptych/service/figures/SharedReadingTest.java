package org.diptych.service.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedReadingTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger computed = new AtomicInteger();
    private final SharedReading<String, Integer> reading = new SharedReading<>(10, now::get);

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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
