package org.diptych.service.agreement;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Protocol;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.PatternHistogram;
import org.diptych.statistics.agreement.ValueScale;

/**
 * What is compared: the answers to one dimension, as values of a scale.
 *
 * @param dimension its id, or {@code overall}
 * @param column its place among the dimensions, overall last
 * @param kind how answers become values
 * @param values the scale
 * @param lowest rating that is the first value; 0 where nobody rates
 */
record Scale(String dimension, int column, Kind kind, ValueScale values, int lowest) {
    /** How answers become values. */
    enum Kind {
        /** Ratings of single images: two units a pair, in the order of the levels. */
        RATING,
        /** Comparative answers by strength: much better, better, neither (tie or both bad), better, much better. */
        STRENGTH,
        /** Verdicts in order: first, neither, second. */
        ORDER,
        /** Verdicts as names: first, tie, both bad, second. */
        VERDICT,
        /** Comparative answers as names. */
        WORD;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The dimensions of a protocol, then overall. */
    static List<String> columns(Protocol protocol) {
        return Stream.concat(
                        protocol.dimensions().stream().map(dimension -> dimension.id()), Stream.of(Protocol.OVERALL))
                .toList();
    }

    /** The scale on which the answers to a dimension have an order. */
    static Scale ordinal(Protocol protocol, String dimension) {
        var column = columns(protocol).indexOf(dimension);
        var found = protocol.dimension(dimension);
        if (found.isPresent() && protocol.mode() == AnswerMode.RATING) {
            var lowest = found.get().lowest();
            return new Scale(
                    dimension,
                    column,
                    Kind.RATING,
                    ValueScale.range(lowest, found.get().highest()),
                    lowest);
        }
        return found.isPresent()
                ? new Scale(
                        dimension,
                        column,
                        Kind.STRENGTH,
                        ValueScale.ordered(List.of("first_much", "first", "neither", "second", "second_much")),
                        0)
                : new Scale(
                        dimension, column, Kind.ORDER, ValueScale.ordered(List.of("first", "neither", "second")), 0);
    }

    /** The verdicts on a dimension. */
    static Scale nominal(Protocol protocol, String dimension) {
        return new Scale(
                dimension,
                columns(protocol).indexOf(dimension),
                Kind.VERDICT,
                ValueScale.named(AnswerCode.VERDICTS.stream()
                        .map(verdict -> verdict.word())
                        .toList()),
                0);
    }

    /** The answers as they were given, or the verdicts where they are derived. */
    static Scale words(Protocol protocol, String dimension) {
        return protocol.mode() == AnswerMode.COMPARISON
                        && protocol.dimension(dimension).isPresent()
                ? new Scale(
                        dimension,
                        columns(protocol).indexOf(dimension),
                        Kind.WORD,
                        ValueScale.named(
                                AnswerCode.WORDS.stream().map(Comparison::word).toList()),
                        0)
                : nominal(protocol, dimension);
    }

    /** Things of a pair that are rated. */
    int units() {
        return kind == Kind.RATING ? 2 : 1;
    }

    /** The value that an answer gives to a unit of its pair, or {@link PatternHistogram#MISSING}. */
    int value(AnswerCode answer, int unit) {
        return switch (kind) {
            case RATING -> {
                var rating = answer.rating(column, unit);
                yield rating == AnswerCode.NONE ? PatternHistogram.MISSING : rating - lowest;
            }
            case STRENGTH ->
                answer.word(column) == AnswerCode.NONE
                        ? PatternHistogram.MISSING
                        : 2 - AnswerCode.WORDS.get(answer.word(column)).strength();
            case WORD -> answer.word(column);
            case VERDICT -> answer.verdict(column);
            case ORDER ->
                switch (answer.verdict(column)) {
                    case AnswerCode.NONE -> PatternHistogram.MISSING;
                    case AnswerCode.FIRST -> 0;
                    case AnswerCode.SECOND -> 2;
                    default -> 1;
                };
        };
    }

    boolean isOrdered() {
        return kind == Kind.RATING || kind == Kind.STRENGTH || kind == Kind.ORDER;
    }

    Measure alpha() {
        return isOrdered() ? Measure.ALPHA_ORDINAL : Measure.ALPHA_NOMINAL;
    }

    Measure gwet() {
        return isOrdered() ? Measure.AC2_QUADRATIC : Measure.AC1;
    }

    /** Names of the values, in order. */
    List<String> names() {
        return IntStream.range(0, values.size()).mapToObj(values::name).toList();
    }
}
