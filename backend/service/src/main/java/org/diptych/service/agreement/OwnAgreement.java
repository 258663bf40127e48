package org.diptych.service.agreement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an annotator's answers compare with those of the others.
 *
 * @param pairs pairs that the figures rest on; 0 while there are too few
 * @param needed pairs that are still needed before there are figures
 * @param dimensions {@code overall} first, then as in the protocol; empty while there are too few pairs
 */
public record OwnAgreement(int pairs, int needed, List<Row> dimensions) {
    public OwnAgreement {
        dimensions = List.copyOf(dimensions);
    }

    /**
     * One dimension.
     *
     * @param agreed pairs on which the annotator gave the verdict that most of the others gave
     * @param cases pairs on which one verdict led among the others
     * @param share {@code agreed / cases}
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param chanceCorrected Gwet's AC1; null where it is not defined
     */
    public record Row(
            String dimension,
            int agreed,
            int cases,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double chanceCorrected) {}
}
