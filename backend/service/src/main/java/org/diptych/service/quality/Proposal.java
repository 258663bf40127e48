package org.diptych.service.quality;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A pair that could be gold: its labels are complete and agree in every verdict.
 *
 * @param pair the pair
 * @param item the item's id in its manifest
 * @param instruction what was asked
 * @param source digest of the source picture
 * @param first digest of the first edit
 * @param second digest of the second edit
 * @param labels how many agree
 * @param verdicts per dimension and overall, stored form
 * @param probability that the overall verdict is right, by the model of the annotators over all labels of the campaign;
 *     null where the labels are of another protocol version than it reads
 */
public record Proposal(
        UUID pair,
        String item,
        String instruction,
        String source,
        String first,
        String second,
        int labels,
        Map<String, String> verdicts,
        @Nullable Double probability) {
    /** The verdict that all agree on. */
    Verdict overall() {
        return Verdict.valueOf(String.valueOf(verdicts.get(Protocol.OVERALL)).toUpperCase(Locale.ROOT));
    }

    Proposal with(@Nullable Double known) {
        return new Proposal(pair, item, instruction, source, first, second, labels, verdicts, known);
    }
}
