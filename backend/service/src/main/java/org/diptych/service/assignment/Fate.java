package org.diptych.service.assignment;

import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an answer or a skip that comes under a lease. The lease decides it once ({@link Lease#fate}); everything
 * that is written follows from it.
 */
public sealed interface Fate {
    /** The answer fills the slot that the lease holds. */
    record Fills(short slot) implements Fate {}

    /**
     * The lease holds no slot: the answer fills one of the pair that nobody took meanwhile. Without one it is refused, or
     * kept beside the pair's labels where that was said before.
     */
    record TakesUp() implements Fate {}

    /** The answer was known before: it checks the annotator, and fills no slot. */
    record Checks() implements Fate {}

    /**
     * The answer takes the place of a former one.
     *
     * @param former the label that it supersedes
     * @param slot the slot that the former one fills; null when it fills none
     */
    record Corrects(UUID former, @Nullable Short slot) implements Fate {}

    /** The answer is kept beside the pair's labels: they are complete, or the campaign is closed. */
    record Extra() implements Fate {}

    /** The pair is left unanswered; what the lease holds goes back to the queue, for others. */
    record Skips() implements Fate {}

    /** Nothing is kept. */
    record Refused(Problem why) implements Fate {}

    /** The slot that the label fills; null for none. */
    default @Nullable Short filledSlot() {
        return switch (this) {
            case Fills fills -> fills.slot();
            case Corrects corrects -> corrects.slot();
            case TakesUp _, Checks _, Extra _, Skips _, Refused _ -> null;
        };
    }
}
