package org.diptych.statistics.data;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * What a property is tried on: the arguments of one repetition, drawn from a stream that the number of the repetition
 * seeds. So every run tries the same, and a failed repetition names its seed.
 */
public final class Draw {
    /** One value in so many is an end of its range, where faults are more common. */
    private static final int ENDS = 8;

    private final SplittableRandom random;

    /** The arguments of this repetition. */
    public Draw(RepetitionInfo repetition) {
        random = new SplittableRandom(repetition.getCurrentRepetition());
    }

    /** A whole number, both ends included. */
    public int between(int least, int most) {
        return switch (random.nextInt(2 * ENDS)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextInt(least, most + 1);
        };
    }

    /** A number, both ends included. */
    public double between(double least, double most) {
        return switch (random.nextInt(2 * ENDS)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextDouble(least, most);
        };
    }

    /** The seed of something larger. */
    public long seed() {
        return random.nextLong();
    }
}
