package org.diptych.simulation;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How one simulated annotator answers. Each rating is the truth with probability {@link #reliability()}, else one level
 * beside it. The noise depends on seed, annotator and pair alone: neither on the time, nor on the sides, nor on what was
 * answered before, so that a simulation can be repeated.
 */
public final class Judgement {
    private static final double LEAST_RELIABLE = 0.75;
    private static final double MOST_RELIABLE = 0.85;
    private static final int MUCH = 2;
    private static final int QUICKEST_MILLISECONDS = 4_000;
    private static final int SLOWEST_MILLISECONDS = 25_000;

    private final AnswerRules rules;
    private final long seed;
    private final int annotator;
    private final double reliability;

    /**
     * An annotator.
     *
     * @param rules the protocol to answer under
     * @param seed seed of the whole simulation
     * @param annotator number of the annotator in it
     */
    public Judgement(AnswerRules rules, long seed, int annotator) {
        this.rules = rules;
        this.seed = seed;
        this.annotator = annotator;
        this.reliability = random("reliability").nextDouble(LEAST_RELIABLE, MOST_RELIABLE);
    }

    /** Probability that a rating is the truth. */
    public double reliability() {
        return reliability;
    }

    /** The answers to a pair in the form of the REST interface, in the sides shown. */
    public Map<String, Object> answers(KnownPairs.Pair pair) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int i = 0; i < rules.dimensions().size(); i++) {
            String dimension = rules.dimensions().get(i);
            int left =
                    rating(pair.left().values().get(i), pair.item(), pair.leftSha256(), pair.rightSha256(), dimension);
            int right =
                    rating(pair.right().values().get(i), pair.item(), pair.rightSha256(), pair.leftSha256(), dimension);
            answers.put(
                    dimension,
                    switch (rules.mode()) {
                        case RATING -> Map.of("left", left, "right", right);
                        case COMPARISON -> comparison(left, right);
                    });
        }
        return answers;
    }

    /** A plausible time spent on the pair; the simulation itself does not wait. */
    public long activeMilliseconds(KnownPairs.Pair pair) {
        boolean inOrder = pair.leftSha256().compareTo(pair.rightSha256()) < 0;
        return random(
                        "time",
                        pair.item(),
                        inOrder ? pair.leftSha256() : pair.rightSha256(),
                        inOrder ? pair.rightSha256() : pair.leftSha256())
                .nextInt(QUICKEST_MILLISECONDS, SLOWEST_MILLISECONDS);
    }

    private int rating(int truth, String item, String picture, String other, String dimension) {
        SplittableRandom random = random(item, picture, other, dimension);
        if (random.nextDouble() < reliability) {
            return truth;
        }
        if (truth == rules.lowest()) {
            return truth + 1;
        }
        return truth == rules.highest() || random.nextBoolean() ? truth - 1 : truth + 1;
    }

    private String comparison(int left, int right) {
        if (left == right) {
            return left == rules.lowest() ? "both_bad" : "tie";
        }
        String better = left > right ? "left" : "right";
        return Math.abs(left - right) >= MUCH ? better + "_much" : better;
    }

    /** A generator of its own for every question. */
    private SplittableRandom random(String... question) {
        long hash = mixed(seed) ^ annotator;
        for (String part : question) {
            for (byte letter : part.getBytes(StandardCharsets.UTF_8)) {
                // FNV-1a, 64 bit
                hash = (hash ^ (letter & 0xff)) * 0x100000001b3L;
            }
            hash = mixed(hash);
        }
        return new SplittableRandom(hash);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), so that near inputs part. */
    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
