package org.diptych.service.campaign;

import java.nio.ByteBuffer;
import org.diptych.protocol.text.Sha256;

/**
 * Draws the stratum of a pair: uniform with a given probability, independently of everything but the campaign's seed and
 * the pair's own key, so that the draw does not depend on the order or the time of an import.
 *
 * @param seed of the campaign
 * @param uniformShare probability of the uniform stratum
 */
record PairDraw(long seed, double uniformShare) {
    /** 53 bits, the precision of a double. */
    private static final int SHIFT = 11;

    Stratum stratum(String itemId, int firstOrdinal, int secondOrdinal) {
        var key = seed + "\n" + itemId + "\n" + firstOrdinal + "\n" + secondOrdinal;
        var bits = ByteBuffer.wrap(Sha256.of(key)).getLong() >>> SHIFT;
        return bits * 0x1.0p-53 < uniformShare ? Stratum.UNIFORM : Stratum.ACQUIRED;
    }
}
