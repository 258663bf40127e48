package org.diptych.service.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which labels a dataset is made of. Unless it says otherwise: those of people, of the strata that models learn from, that
 * nobody superseded, on pairs that no lead has taken out.
 *
 * @param strata in lower case; empty for uniform and acquired
 * @param protocols references of protocol versions; empty for all
 * @param annotators names of accounts; empty for all
 * @param from the first day (UTC), or null
 * @param to the last day (UTC), or null
 * @param simulated whether answers of simulated annotators are in it
 * @param takenOut whether answers to pairs that a lead has taken out are in it
 */
public record LabelFilter(
        Set<String> strata,
        Set<String> protocols,
        Set<String> annotators,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        boolean simulated,
        boolean takenOut) {
    /** What is taken without a word. */
    public static final LabelFilter DEFAULT = new LabelFilter(Set.of(), Set.of(), Set.of(), null, null, false, false);

    /** Every label that there is, in the format that leaves none out: those of pairs that were taken out only on request. */
    static final LabelFilter WITH_TAKEN_OUT = new LabelFilter(Set.of(), Set.of(), Set.of(), null, null, false, true);

    private static final Set<String> STRATA = Set.of("uniform", "acquired", "gold", "training");
    private static final String WORDS =
            "stratum=uniform|acquired|gold|training, protocol=ID-vN, annotator=NAME, from=YYYY-MM-DD, to=YYYY-MM-DD,"
                    + " simulated=include|exclude, taken-out=include|exclude";

    /** Reads words such as {@code stratum=uniform}; values of one name are alternatives. */
    static LabelFilter of(List<String> words) {
        var strata = new LinkedHashSet<String>();
        var protocols = new LinkedHashSet<String>();
        var annotators = new LinkedHashSet<String>();
        LocalDate from = null;
        LocalDate to = null;
        boolean simulated = false;
        boolean takenOut = false;
        for (var word : words) {
            int sign = word.indexOf('=');
            if (sign < 1 || sign == word.length() - 1) {
                throw unknown(word);
            }
            var value = word.substring(sign + 1);
            switch (word.substring(0, sign)) {
                case "stratum" -> strata.add(oneOf(STRATA, value.toLowerCase(Locale.ROOT), word));
                case "protocol" -> protocols.add(value);
                case "annotator" -> annotators.add(value);
                case "from" -> from = day(value, word);
                case "to" -> to = day(value, word);
                case "simulated" -> simulated = included(value, word);
                case "taken-out" -> takenOut = included(value, word);
                default -> throw unknown(word);
            }
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.invalid("unknown_filter", "filter", "from=" + from + " is after to=" + to + ".");
        }
        return new LabelFilter(strata, protocols, annotators, from, to, simulated, takenOut);
    }

    private static boolean included(String value, String word) {
        return oneOf(Set.of("include", "exclude"), value, word).equals("include");
    }

    private static String oneOf(Set<String> words, String value, String word) {
        if (!words.contains(value)) {
            throw unknown(word);
        }
        return value;
    }

    private static LocalDate day(String value, String word) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw unknown(word);
        }
    }

    private static Problem unknown(String word) {
        return Problem.invalid("unknown_filter", "filter", "No filter: " + word + ". The filters are " + WORDS + ".");
    }

    /** What it says, as a condition on {@code l} (label), {@code a} (its annotator) and {@code pr} (its protocol). */
    Condition condition() {
        var text = new StringBuilder();
        var parameters = new ArrayList<Object>();
        var wanted = strata.isEmpty() ? List.of("uniform", "acquired") : List.copyOf(strata);
        among(text, parameters, "lower(l.stratum)", wanted);
        among(text, parameters, "pr.id || '-v' || pr.version", List.copyOf(protocols));
        among(text, parameters, "a.name", List.copyOf(annotators));
        if (from != null) {
            text.append(" AND l.submitted_at >= ?");
            parameters.add(from.atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            text.append(" AND l.submitted_at < ?");
            parameters.add(to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        if (!simulated) {
            text.append(" AND NOT a.simulated");
        }
        if (!takenOut) {
            text.append(" AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = l.pair_id)");
        }
        return new Condition(text.toString(), parameters);
    }

    /** Whether a verdict of an adjudicator counts: not under a version that is left out, nor after the last day. */
    boolean admits(String protocol, Instant decided) {
        return (protocols.isEmpty() || protocols.contains(protocol))
                && (to == null || decided.isBefore(to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private static void among(StringBuilder text, List<Object> parameters, String what, List<String> values) {
        if (!values.isEmpty()) {
            text.append(" AND ")
                    .append(what)
                    .append(" IN (")
                    .append("?, ".repeat(values.size() - 1))
                    .append("?)");
            parameters.addAll(values);
        }
    }

    /** The words that it was read from. */
    List<String> words() {
        var words = new ArrayList<String>();
        words.add("stratum " + String.join(", ", strata.isEmpty() ? List.of("uniform", "acquired") : strata));
        if (!protocols.isEmpty()) {
            words.add("protocol " + String.join(", ", protocols));
        }
        if (!annotators.isEmpty()) {
            words.add(annotators.size() + " chosen annotators");
        }
        if (from != null) {
            words.add("from " + from);
        }
        if (to != null) {
            words.add("to " + to);
        }
        words.add(simulated ? "simulated annotators included" : "without simulated annotators");
        if (takenOut) {
            words.add("pairs that were taken out included");
        }
        return words;
    }

    /**
     * Part of a statement.
     *
     * @param text begins with {@code AND}
     * @param parameters in the order of its question marks
     */
    record Condition(String text, List<Object> parameters) {
        /** The campaign, then the parameters. */
        Object[] after(Object first) {
            var all = new ArrayList<Object>();
            all.add(first);
            all.addAll(parameters);
            return all.toArray();
        }
    }
}
