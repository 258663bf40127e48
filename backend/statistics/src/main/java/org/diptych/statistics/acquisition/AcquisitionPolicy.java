package org.diptych.statistics.acquisition;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A rule that chooses the next pairs to ask.
 *
 * <p>A policy is stateless and may be shared; everything that changes during a batch lives in its {@link Selection}.
 */
public interface AcquisitionPolicy {
    /** The name of {@link #standard} in settings and on the command line. */
    String DEFAULT = "default";

    /** Every policy, the baseline first. */
    static List<AcquisitionPolicy> all() {
        return List.of(
                new Uniform(),
                new Entropy(),
                new Bald(),
                new PowerBald(1),
                new DOptimal(GreedyDesign.FRONT),
                new VOptimal(GreedyDesign.FRONT),
                WarmStart.designed(new VOptimal(GreedyDesign.FRONT)),
                standard());
    }

    /**
     * The policy that the offline replays support best, uniform for the first labels and V-optimal on the
     * open decisions from then on; {@code acquisition.md} says
     * where they do and where they do not.
     */
    static AcquisitionPolicy standard() {
        return WarmStart.random(new VOptimal(GreedyDesign.FRONT));
    }

    /** What {@link #named} understands, {@code default} first. */
    static List<String> names() {
        var names = new ArrayList<>(List.of(DEFAULT));
        all().forEach(policy -> names.add(policy.name()));
        return names;
    }

    /** Whether there is a policy of that name. */
    static boolean isKnown(String name) {
        return names().contains(name);
    }

    /**
     * The policy of that name; {@code default} is {@link #standard}.
     *
     * @throws IllegalArgumentException when there is none, with the names that exist
     */
    static AcquisitionPolicy named(String name) {
        if (name.equals(DEFAULT)) {
            return standard();
        }
        return all().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No policy is called \"%s\"; there are %s".formatted(name, String.join(", ", names()))));
    }

    /** The name used in records, reports and on the command line. */
    String name();

    /**
     * Whether it chooses well before there is a model ({@link Pool#withoutModel}): by the features alone. Other policies
     * have nothing to go by then, and the order is left to chance.
     */
    default boolean designs() {
        return false;
    }

    /**
     * Prepares one batch.
     *
     * @param pool the pairs to choose from
     * @param past what is already known
     * @param random used by policies that draw
     */
    Selection begin(Pool pool, Past past, RandomGenerator random);

    /**
     * Chooses a batch.
     *
     * <p>At every rank the pair is drawn uniformly from the eligible pairs with probability {@code uniformShare}, and
     * by the policy otherwise; so every eligible pair has a positive, exactly known probability at every rank, which is
     * what unbiased estimates from acquired labels need.
     *
     * @param pool the pairs to choose from
     * @param past what is already known
     * @param size pairs wanted
     * @param caps limits per item and group
     * @param uniformShare 0 … 1
     * @param random the only source of chance: the same state gives the same batch
     * @return a batch of {@code size} pairs, or of as many as the pool and the caps allow: an empty pool gives an empty one
     * @throws IllegalArgumentException when the share is not within 0 … 1, the size negative, or the pool and the past
     *     differ in the number of features
     */
    default Batch select(Pool pool, Past past, int size, Caps caps, double uniformShare, RandomGenerator random) {
        if (!(uniformShare >= 0 && uniformShare <= 1) || size < 0) {
            throw new IllegalArgumentException("A batch of %d with the uniform share %s".formatted(size, uniformShare));
        }
        if (pool.features().width() != past.width()) {
            throw new IllegalArgumentException("The pool has %d features, the past %d"
                    .formatted(pool.features().width(), past.width()));
        }
        if (pool.size() == 0 || size == 0) {
            return new Batch(name(), List.of());
        }
        var eligible = new Eligible(pool, caps);
        var selection = begin(pool, past, random);
        var chosen = new ArrayList<Chosen>(size);
        while (chosen.size() < size && eligible.count() > 0) {
            int wanted = selection.next(eligible);
            boolean uniform = random.nextDouble() < uniformShare;
            int pair = uniform ? eligible.draw(random) : wanted;
            double probability = Math.min(
                    1,
                    uniformShare / eligible.count()
                            + (1 - uniformShare) * selection.probability(pair, wanted, eligible));
            var stratum = uniform ? Chosen.Stratum.UNIFORM : Chosen.Stratum.ACQUIRED;
            chosen.add(new Chosen(pair, chosen.size(), probability, stratum, selection.scores(pair)));
            selection.take(pair);
            eligible.take(pair);
        }
        return new Batch(name(), chosen);
    }
}
