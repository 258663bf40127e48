package org.diptych.ui.annotate;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** An annotator's figures as the annotation interface gives them. */
@NullUnmarked
final class WorkStandIn {
    /** Whether pairs whose lease was lost have all their judgements. */
    boolean complete;

    boolean takenOut;

    /** Shared pairs that are still needed before agreement is shown. */
    int needed = 12;

    Map<String, Object> figures() {
        var days = new ArrayList<Map<String, Object>>();
        var today = LocalDate.now(ZoneOffset.UTC);
        for (int ago = 6; ago >= 0; ago--) {
            days.add(Map.of("date", today.minusDays(ago).toString(), "span", span(40 - 5 * ago)));
        }
        var agreement = needed > 0
                ? Map.of("pairs", 0, "needed", needed, "dimensions", List.of())
                : Map.of(
                        "pairs",
                        20,
                        "needed",
                        0,
                        "dimensions",
                        List.of(row("overall", 15), row("instruction_following", 17), row("visual_quality", 12)));
        return Map.of("pace", Map.of("today", span(40), "week", span(175), "days", days), "agreement", agreement);
    }

    private static Map<String, Object> span(int labels) {
        return Map.of(
                "labels",
                labels,
                "activeMilliseconds",
                labels * 21_000L,
                "labelsPerActiveHour",
                171.4,
                "medianActiveMilliseconds",
                18_500);
    }

    private static Map<String, Object> row(String dimension, int agreed) {
        double share = agreed / 20.0;
        return Map.of(
                "dimension",
                dimension,
                "agreed",
                agreed,
                "cases",
                20,
                "share",
                share,
                "low",
                share - 0.2,
                "high",
                Math.min(1, share + 0.13),
                "chanceCorrected",
                share - 0.1);
    }
}
