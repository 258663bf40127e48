package org.diptych.service.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which labels a dataset is made of. Unless it says otherwise: those of people, of the strata that models learn from, that
 * nobody superseded, on pairs that no lead has taken out, of annotators whom no lead has excluded.
 *
 * @param strata in lower case
 * @param protocols references of protocol versions; empty for all
 * @param annotators names of accounts; empty for all
 * @param models names of editing models, of which a pair has one or two; empty for all
 * @param from the first day (UTC), or null
 * @param to the last day (UTC), or null
 * @param simulated whether answers of simulated annotators are in it
 * @param extra whether answers are in it that came beside the wanted number, such as late ones
 * @param superseded whether answers are in it that their annotators corrected afterwards
 * @param takenOut whether answers to pairs that a lead has taken out are in it
 * @param excluded whether answers are in it that a lead has excluded with their annotator
 * @param sample the labelled pairs that a preview looks at; null for all, which every export holds
 */
public record LabelFilter(
        Set<String> strata,
        Set<String> protocols,
        Set<String> annotators,
        Set<String> models,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        boolean simulated,
        boolean extra,
        boolean superseded,
        boolean takenOut,
        boolean excluded,
        @JsonIgnore @Nullable PairSample sample) {
    /** Every stratum there is, in lower case. */
    public static final List<String> ALL_STRATA = List.of("uniform", "acquired", "gold", "training", "imported");
    /** Labels of other tools are in a dataset only where somebody asks for them. */
    private static final Set<String> OWN = Set.of("uniform", "acquired", "gold", "training");

    private static final Set<String> LEARNT_FROM = Set.of("uniform", "acquired");

    /** What is taken without a word. */
    public static final LabelFilter DEFAULT = new LabelFilter(
            LEARNT_FROM, Set.of(), Set.of(), Set.of(), null, null, false, true, false, false, false, null);

    /** The same with simulated annotators, whose answers nothing marks in the format. */
    static final LabelFilter WITH_SIMULATED = new LabelFilter(
            LEARNT_FROM, Set.of(), Set.of(), Set.of(), null, null, true, true, false, false, false, null);

    /** Every label that was given here, but those of pairs that were taken out and of annotators who were excluded. */
    static final LabelFilter EVERYTHING =
            new LabelFilter(OWN, Set.of(), Set.of(), Set.of(), null, null, true, true, true, false, false, null);

    /** Whether a label {@code l} came beside the wanted number. */
    static final String EXTRA = "(l.slot IS NULL AND l.kind = 'ANSWER' AND l.stratum NOT IN ('GOLD', 'IMPORTED'))";

    /** Whether a label {@code l} was corrected afterwards. */
    static final String SUPERSEDED = "EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id)";

    private static final String WORDS =
            "stratum=uniform|acquired|gold|training|imported, protocol=ID-vN, annotator=NAME, model=NAME, from=YYYY-MM-DD,"
                    + " to=YYYY-MM-DD, simulated=include|exclude, extra=include|exclude, superseded=include|exclude,"
                    + " taken-out=include|exclude, excluded=include|exclude";

    /** Whether labels of other tools are in it. */
    boolean imported() {
        return strata.contains("imported");
    }

    /** Reads words such as {@code stratum=uniform}; values of one name are alternatives. */
    static LabelFilter of(List<String> words) {
        return DEFAULT.with(words);
    }

    /** This one, but where words such as {@code stratum=uniform} say otherwise; values of one name are alternatives. */
    public LabelFilter with(List<String> words) {
        var some = new LinkedHashMap<String, Set<String>>();
        var one = new LinkedHashMap<String, String>();
        for (var word : words) {
            int sign = word.indexOf('=');
            if (sign < 1 || sign == word.length() - 1) {
                throw unknown(word);
            }
            var name = word.substring(0, sign);
            var value = word.substring(sign + 1);
            switch (name) {
                case "stratum" ->
                    some.computeIfAbsent(name, _ -> new LinkedHashSet<>())
                            .add(oneOf(ALL_STRATA, value.toLowerCase(Locale.ROOT), word));
                case "protocol", "annotator", "model" ->
                    some.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(value);
                case "from", "to" -> once(one, name, day(value, word).toString());
                case "simulated", "extra", "superseded", "taken-out", "excluded" ->
                    once(one, name, oneOf(List.of("include", "exclude"), value, word));
                default -> throw unknown(word);
            }
        }
        var first = day(one.get("from"), from);
        var last = day(one.get("to"), to);
        if (first != null && last != null && last.isBefore(first)) {
            throw Problem.invalid("unknown_filter", "filter", "from=" + first + " is after to=" + last + ".");
        }
        return new LabelFilter(
                some.getOrDefault("stratum", strata),
                some.getOrDefault("protocol", protocols),
                some.getOrDefault("annotator", annotators),
                some.getOrDefault("model", models),
                first,
                last,
                included(one, "simulated", simulated),
                included(one, "extra", extra),
                included(one, "superseded", superseded),
                included(one, "taken-out", takenOut),
                included(one, "excluded", excluded),
                sample);
    }

    /** The same of some of the pairs. */
    LabelFilter of(PairSample some) {
        return new LabelFilter(
                strata,
                protocols,
                annotators,
                models,
                from,
                to,
                simulated,
                extra,
                superseded,
                takenOut,
                excluded,
                some);
    }

    private static void once(Map<String, String> values, String name, String value) {
        var former = values.putIfAbsent(name, value);
        if (former != null && !former.equals(value)) {
            throw Problem.invalid(
                    "unknown_filter", "filter", name + " is both " + former + " and " + value + ". Say it once.");
        }
    }

    private static boolean included(Map<String, String> values, String name, boolean otherwise) {
        var value = values.get(name);
        return value == null ? otherwise : value.equals("include");
    }

    private static String oneOf(List<String> words, String value, String word) {
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

    private static @Nullable LocalDate day(@Nullable String value, @Nullable LocalDate otherwise) {
        return value == null ? otherwise : LocalDate.parse(value);
    }

    private static Problem unknown(String word) {
        return Problem.invalid("unknown_filter", "filter", "No filter: " + word + ". The filters are " + WORDS + ".");
    }

    /**
     * What it says, as a condition on {@code l} (label), {@code a} (its annotator), {@code pr} (its protocol), {@code f} and
     * {@code s} (the candidates of its pair). What was superseded is for the statement to leave out: most read no such label.
     */
    Condition condition() {
        var text = new StringBuilder();
        var parameters = new ArrayList<Object>();
        if (!strata.containsAll(imported() ? ALL_STRATA : OWN)) {
            // as they are stored: of a function of the column the database has no statistics
            among(
                    text,
                    parameters,
                    "l.stratum",
                    strata.stream()
                            .map(stratum -> stratum.toUpperCase(Locale.ROOT))
                            .toList());
        }
        among(text, parameters, "pr.id || '-v' || pr.version", List.copyOf(protocols));
        among(text, parameters, "a.name", List.copyOf(annotators));
        if (!models.isEmpty()) {
            text.append(" AND (false");
            models.forEach(model -> {
                text.append(" OR ? IN (f.model, s.model)");
                parameters.add(model);
            });
            text.append(")");
        }
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
        if (!extra) {
            text.append(" AND NOT ").append(EXTRA);
        }
        if (!takenOut) {
            text.append(" AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = l.pair_id)");
        }
        if (!excluded) {
            text.append(" AND NOT EXISTS (SELECT 1 FROM excluded_annotator x WHERE x.campaign_id = l.campaign_id")
                    .append(" AND x.account_id = l.annotator_id AND x.since <= l.submitted_at)");
        }
        if (sample != null) {
            sample.into(text, parameters);
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
        words.add("stratum "
                + String.join(", ", ALL_STRATA.stream().filter(strata::contains).toList()));
        if (!protocols.isEmpty()) {
            words.add("protocol " + String.join(", ", protocols));
        }
        if (!annotators.isEmpty()) {
            words.add(annotators.size() + " chosen annotators");
        }
        if (!models.isEmpty()) {
            words.add("pairs with one of " + models.size() + " chosen editing models");
        }
        if (from != null) {
            words.add("from " + from);
        }
        if (to != null) {
            words.add("to " + to);
        }
        words.add(simulated ? "simulated annotators included" : "without simulated annotators");
        if (!extra) {
            words.add("without answers beside the wanted number");
        }
        if (takenOut) {
            words.add("pairs that were taken out included");
        }
        words.add(excluded ? "labels of excluded annotators included" : "without labels of excluded annotators");
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
