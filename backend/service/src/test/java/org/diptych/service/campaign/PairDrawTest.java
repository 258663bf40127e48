package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairDrawTest {
    @Test
    void the_share_of_the_uniform_stratum_is_what_the_campaign_asks_for() {
        var draw = new PairDraw(42, 0.1);

        var uniform = IntStream.range(0, 100_000)
                .filter(i -> draw.stratum("item-" + i, 0, 1) == Stratum.UNIFORM)
                .count();

        // within five standard deviations of a binomial
        assertThat(uniform).isBetween(10_000L - 475, 10_000L + 475);
    }

    @Test
    void a_draw_depends_on_seed_and_pair_alone() {
        var same = new PairDraw(1, 0.5);
        var other = new PairDraw(2, 0.5);

        assertThat(IntStream.range(0, 1000))
                .allMatch(i -> same.stratum("a", 0, i) == new PairDraw(1, 0.5).stratum("a", 0, i));
        assertThat(IntStream.range(0, 1000)
                        .filter(i -> same.stratum("a", 0, i) == other.stratum("a", 0, i))
                        .count())
                .isBetween(420L, 580L);
    }

    @Test
    void a_share_of_one_takes_every_pair() {
        assertThat(IntStream.range(0, 1000)).allMatch(i -> new PairDraw(i, 1).stratum("a", 0, 1) == Stratum.UNIFORM);
    }
}
