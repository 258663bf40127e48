package org.diptych.command;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.diptych.statistics.agreement.Level;
import org.diptych.statistics.agreement.ValueScale;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a table of ratings, numbered as they appear, and the level of measurement that they allow.
 *
 * <p>The level decides the coefficient, so it is never chosen in doubt: all values numbers means ordinal, all values
 * words means nominal, and anything between is a fault that is named, with what would settle it.
 */
final class RatingValues {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    /** Digits of any script and what people and programs put between them; nothing that a word is made of. */
    private static final Pattern LIKE_A_NUMBER = Pattern.compile(
            "(?=.*\\p{N})(?!e)[\\p{N}.,'\u2019_%e+\\-\u2212\\p{Zs}]+|[+\\-\u2212]?(inf|infinity|\u221E)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What programs write where there is no value. */
    private static final Set<String> MISSING_MARKS = Set.of(
            "na", "n/a", "#n/a", "nan", "null", "nil", "none", "missing", "-", "--", "\u2013", "\u2014", ".", "?");

    private final @Nullable Level requested;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Value> values = new ArrayList<>();

    RatingValues(@Nullable Level requested) {
        this.requested = requested;
    }

    /** What a value looks like. */
    private enum Kind {
        NUMBER,
        LIKE_A_NUMBER,
        MISSING_MARK,
        WORD
    }

    private record Value(String text, long line, Kind kind) {}

    /**
     * What is wrong with a value.
     *
     * @param line where it stands first
     */
    record Fault(long line, String problem) {}

    /**
     * A level of measurement.
     *
     * @param reason why it is this one, in words
     */
    record Choice(Level level, String reason) {}

    /** The value's number; new values get the next one. */
    int index(String text, long line) {
        Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        indexes.put(text, values.size());
        values.add(new Value(text, line, kind(text)));
        return values.size() - 1;
    }

    /** The first value that the requested level, or any level where none was requested, has no place for. */
    Optional<Fault> fault() {
        if (requested == Level.NOMINAL) {
            return Optional.empty();
        }
        if (requested != null) {
            return values.stream()
                    .filter(value -> value.kind != Kind.NUMBER)
                    .findFirst()
                    .map(RatingValues::notANumber)
                    .or(this::negative);
        }
        return first(Kind.MISSING_MARK).or(() -> first(Kind.LIKE_A_NUMBER)).or(this::mixed);
    }

    /** What a reader of nominal values may have overlooked. */
    Optional<Fault> doubt() {
        return requested == Level.NOMINAL
                ? values.stream()
                        .filter(value -> value.kind == Kind.MISSING_MARK)
                        .findFirst()
                        .map(value -> new Fault(
                                value.line,
                                "the value \"%s\" is taken as a word like any other; with --missing \"%s\" it means no rating"
                                        .formatted(value.text, value.text)))
                : Optional.empty();
    }

    /** The level at which to read the values; to be asked when there is no fault. */
    Choice choice() {
        if (requested != null) {
            return new Choice(requested, "asked for with --level");
        }
        return isNumeric()
                ? new Choice(Level.ORDINAL, "all values are numbers")
                : new Choice(Level.NOMINAL, "all values are words");
    }

    /** The scale, sorted, so that the order of rows decides nothing. */
    ValueScale scale() {
        return isNumeric()
                ? ValueScale.numbers(values.stream()
                        .mapToDouble(value -> Double.parseDouble(value.text) + 0.0)
                        .distinct()
                        .toArray())
                : ValueScale.named(values.stream().map(Value::text).sorted().toList());
    }

    /** For each value's number its place on the scale. Equal numbers, such as 1 and 1.0, are one value there. */
    int[] places(ValueScale scale) {
        return values.stream()
                .mapToInt(value ->
                        isNumeric() ? scale.indexOf(Double.parseDouble(value.text)) : scale.indexOf(value.text))
                .toArray();
    }

    private boolean isNumeric() {
        return requested == null
                ? values.stream().allMatch(value -> value.kind == Kind.NUMBER)
                : requested != Level.NOMINAL;
    }

    private Optional<Fault> first(Kind kind) {
        return values.stream()
                .filter(value -> value.kind == kind)
                .findFirst()
                .map(value -> kind == Kind.MISSING_MARK ? missing(value) : oddNumber(value));
    }

    private Optional<Fault> mixed() {
        Optional<Value> word =
                values.stream().filter(value -> value.kind == Kind.WORD).findFirst();
        Optional<Value> number =
                values.stream().filter(value -> value.kind == Kind.NUMBER).findFirst();
        return word.flatMap(odd -> number.map(other -> new Fault(
                odd.line,
                "the value \"%s\" is not a number, and \"%s\" in line %d is one; correct it, name it with --missing \"%s\" if"
                                .formatted(odd.text, other.text, other.line, odd.text)
                        + " it means no rating, or give --level nominal if all values are words")));
    }

    private Optional<Fault> negative() {
        return values.stream()
                .filter(value -> requested == Level.RATIO && Double.parseDouble(value.text) < 0)
                .findFirst()
                .map(value -> new Fault(
                        value.line,
                        "the value %s is below 0; use --level interval for such numbers".formatted(value.text)));
    }

    private static Fault notANumber(Value value) {
        return switch (value.kind) {
            case MISSING_MARK -> missing(value);
            case LIKE_A_NUMBER -> oddNumber(value);
            default ->
                new Fault(
                        value.line,
                        "the value \"%s\" is not a number; use --level nominal for words".formatted(value.text));
        };
    }

    private static Fault missing(Value value) {
        return new Fault(
                value.line,
                "the value \"%s\" is not a number and looks like a missing rating; leave the row out or name it with"
                                .formatted(value.text)
                        + " --missing \"%s\" (--level nominal takes it as a word)".formatted(value.text));
    }

    private static Fault oddNumber(Value value) {
        return new Fault(
                value.line,
                "the value \"%s\" is not a number as it is written; use the digits 0 to 9 and a point, such as 3 or 2.5"
                                .formatted(value.text)
                        + " (--level nominal takes it as a word)");
    }

    private static Kind kind(String text) {
        if (NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
            return Kind.NUMBER;
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (MISSING_MARKS.contains(plain)) {
            return Kind.MISSING_MARK;
        }
        return LIKE_A_NUMBER.matcher(plain).matches()
                        || LIKE_A_NUMBER.matcher(text).matches()
                ? Kind.LIKE_A_NUMBER
                : Kind.WORD;
    }
}
