package org.diptych.statistics.acquisition;

import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Which pairs share an item (or a group), and how many of them were taken. */
final class Membership {
    private final IntUnaryOperator container;
    private final int cap;
    private final int[] starts;
    private final int[] members;
    private final int[] taken;

    Membership(int pairs, IntUnaryOperator container, int cap) {
        this.container = container;
        this.cap = cap;
        if (cap >= pairs) {
            // the cap can never close anything: no index is needed
            starts = new int[0];
            members = new int[0];
            taken = new int[0];
            return;
        }
        int containers = 0;
        for (int pair = 0; pair < pairs; pair++) {
            containers = Math.max(containers, container.applyAsInt(pair) + 1);
        }
        starts = new int[containers + 1];
        for (int pair = 0; pair < pairs; pair++) {
            starts[container.applyAsInt(pair) + 1]++;
        }
        for (int index = 0; index < containers; index++) {
            starts[index + 1] += starts[index];
        }
        members = new int[pairs];
        int[] next = starts.clone();
        for (int pair = 0; pair < pairs; pair++) {
            members[next[container.applyAsInt(pair)]++] = pair;
        }
        taken = new int[containers];
    }

    void take(int pair, IntConsumer close) {
        if (taken.length == 0) {
            return;
        }
        int index = container.applyAsInt(pair);
        if (++taken[index] == cap) {
            for (int member = starts[index]; member < starts[index + 1]; member++) {
                close.accept(members[member]);
            }
        }
    }
}
