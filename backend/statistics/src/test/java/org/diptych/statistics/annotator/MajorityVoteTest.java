package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MajorityVoteTest {

    // task 0: a a b; task 1: b b b; task 2: a (alone); task 3: nothing
    private static final LabelTable LABELS = LabelTable.of(
            4, 3, 2, new int[] {0, 0, 0, 1, 1, 1, 2}, new int[] {0, 1, 2, 0, 1, 2, 0}, new int[] {0, 0, 1, 1, 1, 1, 0});

    @Test
    void posterior_is_the_share_of_votes() {
        Consensus consensus = new MajorityVote().consensus(LABELS).orElseThrow();

        assertThat(consensus.probability(0, 0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(consensus.mostLikely(0)).isZero();
        assertThat(consensus.posterior(1)).containsExactly(0, 1);
        assertThat(consensus.posterior(3)).containsExactly(0.5, 0.5);
        assertThat(consensus.prevalence()[0]).isCloseTo((2 / 3.0 + 0 + 1 + 0.5) / 4, within(1e-12));
    }

    @Test
    void annotators_are_not_compared_with_themselves() {
        Consensus consensus = new MajorityVote().consensus(LABELS).orElseThrow();

        // task 0: the others of annotators 0 and 1 are split (half a point), those of 2 agree against; task 1: 1 each;
        // with two imagined agreements in three
        assertThat(consensus.reliability(0).estimate()).isCloseTo((1.5 + 2) / (2 + 3), within(1e-12));
        assertThat(consensus.reliability(2).estimate()).isCloseTo((1.0 + 2) / (2 + 3), within(1e-12));
    }
}
