package org.diptych.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInTriesTest {
    private static final String HERE = "192.0.2.7";

    private final AtomicLong now = new AtomicLong();
    private final SignInTries tries = new SignInTries(now::get);

    private void wrong(int times, String name, String address) {
        for (int time = 0; time < times; time++) {
            tries.begin(name, address);
        }
    }

    private long refused(String name, String address) {
        try {
            tries.begin(name, address);
            return 0;
        } catch (TryLater later) {
            return later.pause().toSeconds();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void each_wrong_try_after_the_fifth_waits_twice_as_long_up_to_a_quarter_of_an_hour() {
        wrong(5, "maria", HERE);
        for (int seconds = 1; seconds <= 512; seconds *= 2) {
            assertThat(refused("maria", HERE)).isEqualTo(seconds);
            pass(Duration.ofSeconds(seconds));
            wrong(1, " Maria", HERE);
        }
        assertThat(refused("maria", HERE)).isEqualTo(900);
        assertThat(refused("maria", "192.0.2.8")).as("from elsewhere").isZero();
        assertThat(refused("jonas", HERE)).as("somebody else").isZero();
    }

    @Test
    void what_was_right_is_forgotten() {
        wrong(4, "maria", HERE);
        tries.begin("maria", HERE).right();
        wrong(5, "maria", HERE);
        assertThat(refused("maria", HERE)).isEqualTo(1);
    }

    @Test
    void a_name_that_is_tried_from_everywhere_waits_a_minute_at_most() {
        for (int address = 0; address < 50; address++) {
            wrong(1, "maria", "198.51.100." + address);
        }
        assertThat(refused("maria", HERE)).isEqualTo(1);
        for (int more = 0; more < 10; more++) {
            pass(Duration.ofMinutes(1));
            wrong(1, "maria", "203.0.113." + more);
        }
        assertThat(refused("maria", HERE)).isEqualTo(60);
    }

    @Test
    void an_address_that_tries_many_names_waits_and_right_sign_ins_from_it_do_not_count() {
        for (int person = 0; person < 200; person++) {
            tries.begin("annotator" + person, HERE).right();
        }
        for (int name = 0; name < 100; name++) {
            wrong(1, "guess" + name, HERE);
        }
        assertThat(refused("maria", HERE)).isEqualTo(1);
    }

    @Test
    void the_addresses_of_one_network_are_one() {
        wrong(5, "maria", "2001:db8:1:2::1");
        assertThat(refused("maria", "2001:db8:1:2:ffff::9")).isEqualTo(1);
        assertThat(refused("maria", "2001:db8:1:3::1")).isZero();
    }

    @Test
    void wrong_tries_are_forgotten_after_an_hour() {
        wrong(5, "maria", HERE);
        pass(Duration.ofHours(1).plusNanos(1));
        assertThat(refused("maria", HERE)).isZero();
    }

    @Test
    void many_at_once_get_no_more_than_one_after_the_other() throws Exception {
        var let = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int time = 0; time < 400; time++) {
                threads.execute(() -> {
                    if (refused("maria", HERE) == 0) {
                        let.incrementAndGet();
                    }
                });
            }
        }
        assertThat(let.get()).isBetween(5, 5 + 8);
    }

    @Test
    void a_program_hears_how_long_to_wait() {
        wrong(5, "maria", HERE);
        assertThatThrownBy(() -> tries.begin("maria", HERE)).isInstanceOfSatisfying(TryLater.class, later -> {
            assertThat(later.problem().status().value()).isEqualTo(429);
            assertThat(later.problem().after()).contains(Duration.ofSeconds(1));
        });
    }
}
