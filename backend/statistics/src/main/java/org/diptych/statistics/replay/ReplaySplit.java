package org.diptych.statistics.replay;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One division of a table into pool and held-out groups, with all chance that the arms share: the order of the first
 * random pairs, and what a rater answers when a pair is asked for the first, second, … time.
 */
final class ReplaySplit {
    private final ReplayTable table;
    private final ReplaySettings settings;
    private final long seed;
    private final int[] pool;
    private final int[] heldOut;
    private final int[] start;

    ReplaySplit(ReplayTable table, ReplaySettings settings, int number) {
        this.table = table;
        this.settings = settings;
        seed = new SplittableRandom(settings.seed() * 1_000_003L + number).nextLong();
        var random = new SplittableRandom(seed);
        var out = new boolean[table.groups()];
        int[] groups = shuffled(IntStream.range(0, table.groups()).toArray(), random);
        for (int index = 0; index < settings.heldOut(); index++) {
            out[groups[index]] = true;
        }
        heldOut = IntStream.range(0, table.pairs())
                .filter(pair -> out[table.group(pair)] && table.measured(pair) && table.majority(pair) != 0)
                .toArray();
        pool = IntStream.range(0, table.pairs())
                .filter(pair -> !out[table.group(pair)] && opinions(pair).length > 0)
                .filter(pair -> settings.keepTies() || table.majority(pair) != 0)
                .toArray();
        start = shuffled(pool.clone(), random);
    }

    private static int[] shuffled(int[] values, SplittableRandom random) {
        for (int last = values.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int value = values[last];
            values[last] = values[other];
            values[other] = value;
        }
        return values;
    }

    /** Pairs that may be labelled. */
    int[] pool() {
        return pool;
    }

    /** Pairs that accuracy is measured on: those with a strict majority. */
    int[] heldOut() {
        return heldOut;
    }

    /** The pool in random order: its head is what every arm is given first. */
    int[] start() {
        return start;
    }

    long seed() {
        return seed;
    }

    /**
     * An answer.
     *
     * @param verdict +1, 0, -1
     * @param reliability of the annotator who gave it, 1 for the real raters as they are
     */
    record Opinion(int verdict, double reliability) {}

    /** The answers that a pair gets one after the other; at most one per rater. */
    Opinion[] opinions(int pair) {
        var random = new SplittableRandom(seed + 31L * pair + 17);
        byte[] verdicts = table.verdicts(pair);
        int[] raters = shuffled(
                IntStream.range(0, verdicts.length)
                        .filter(rater -> verdicts[rater] != ReplayTable.NO_VERDICT)
                        .filter(rater -> settings.keepTies() || verdicts[rater] != 0)
                        .toArray(),
                random);
        var opinions = new Opinion[raters.length];
        for (int index = 0; index < raters.length; index++) {
            opinions[index] = noisy(verdicts[raters[index]], random);
        }
        return opinions;
    }

    private Opinion noisy(int verdict, SplittableRandom random) {
        var reliabilities = settings.reliabilities();
        if (reliabilities.isEmpty()) {
            return new Opinion(verdict, 1);
        }
        double reliability = reliabilities.get(random.nextInt(reliabilities.size()));
        if (random.nextDouble() < reliability) {
            return new Opinion(verdict, reliability);
        }
        // one of the other verdicts: -1, 0, 1 shifted round by one or two; without ties the opposite one
        int other = settings.keepTies() ? Math.floorMod(verdict + 1 + 1 + random.nextInt(2), 3) - 1 : -verdict;
        return new Opinion(other, reliability);
    }
}
