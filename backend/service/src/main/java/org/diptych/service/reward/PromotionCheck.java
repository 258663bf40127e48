package org.diptych.service.reward;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a version took over by itself when it was made, or did not. What people promoted or rolled back since is not in it.
 *
 * @param outcome what was decided
 * @param against the version that was active then; null when there was none, or none to compare with
 * @param pairs pairs of the uniform stratum that both versions judged and whose labels prefer one edit
 * @param difference accuracy of the new version minus that of the other, on these pairs
 * @param low lower end of its 95 % interval (paired bootstrap over source images)
 * @param high upper end
 */
public record PromotionCheck(
        Outcome outcome,
        @Nullable Integer against,
        @Nullable Integer pairs,
        @Nullable Double difference,
        @Nullable Double low,
        @Nullable Double high) {
    /** The rule, in words. */
    public static final String RULE =
            "A new version takes over unless the whole 95% interval of its accuracy minus that of "
                    + "the active version, on the pairs of the uniform stratum that both judge, is below 0.";

    private static final JsonMapper JSON = new JsonMapper();

    /** What was decided. The texts are stored with the version. */
    public enum Outcome {
        FIRST("promoted: the first version", "there was no version before it"),
        OTHER_ENCODER(
                "promoted: the active version reads features of another encoder",
                "the active version reads features of another encoder, which the server does not use any more"),
        UNREADABLE("promoted: the active version cannot be read", "the files of the active version cannot be read"),
        WORSE("kept the active version: the new one is worse", "the whole interval is below 0: it is worse"),
        NOT_WORSE("promoted: not worse", "the interval is not entirely below 0: it is not shown to be worse"),
        NOT_COMPARABLE(
                "promoted: the two cannot be compared yet", "there are too few pairs that both judge to compare them"),
        /** Of an earlier release. */
        UNKNOWN("", "the reason is not recorded");

        private final String stored;
        private final String because;

        Outcome(String stored, String because) {
            this.stored = stored;
            this.because = because;
        }

        /** What the version's record says. */
        public String stored() {
            return stored;
        }

        private static Outcome of(String stored) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.stored.equals(stored))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    /** The check of a version, as its record has it. */
    public static PromotionCheck of(ModelVersion version) {
        var stored = JSON.readTree(version.comparison());
        return new PromotionCheck(
                Outcome.of(stored.path("decision").asString("")),
                integer(stored, "against"),
                integer(stored, "pairs"),
                number(stored, "difference"),
                number(stored, "low"),
                number(stored, "high"));
    }

    /** Whether the version was kept from taking over. */
    public boolean rejected() {
        return outcome == Outcome.WORSE;
    }

    /** The decision with its figures, in words. */
    public String words() {
        var text = new StringBuilder();
        if (against != null && difference != null && low != null && high != null) {
            text.append("Against version ")
                    .append(against)
                    .append(String.format(
                            Locale.ROOT,
                            " on %d pairs: %+.1f points, 95%% interval %+.1f to %+.1f. ",
                            pairs,
                            100 * difference,
                            100 * low,
                            100 * high));
        }
        if (outcome == Outcome.UNKNOWN) {
            return text.append("It is not recorded why it took over, or did not.")
                    .toString();
        }
        return text.append(rejected() ? "Rejected, since " : "Promoted, since ")
                .append(outcome.because)
                .append('.')
                .toString();
    }

    private static @Nullable Integer integer(JsonNode node, String name) {
        return node.path(name).isNumber() ? (Integer) node.path(name).asInt() : null;
    }

    private static @Nullable Double number(JsonNode node, String name) {
        return node.path(name).isNumber() ? (Double) node.path(name).asDouble() : null;
    }
}
