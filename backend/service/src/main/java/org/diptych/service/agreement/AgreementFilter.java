package org.diptych.service.agreement;

import java.time.LocalDate;
import java.util.Locale;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which labels are compared, and how.
 *
 * @param protocol reference of a protocol version, e.g. {@code edit-preference-v1}; null for the campaign's own, or for the
 *     one that has answers to compare while the campaign's own has none
 * @param stratum pairs drawn at random, pairs picked by a model, or all
 * @param from first day (UTC) whose answers count, or null
 * @param to last day, or null
 * @param annotator user name: only pairs that this person answered, with all their answers; null for all
 * @param category only pairs of items of this category; null for all
 * @param dimension what charts of one dimension show; null for the first
 * @param level how answers are compared
 */
public record AgreementFilter(
        @Nullable String protocol,
        Part stratum,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String annotator,
        @Nullable String category,
        @Nullable String dimension,
        Level level) {

    /** Everything of the uniform stratum. */
    public static final AgreementFilter DEFAULT =
            new AgreementFilter(null, Part.UNIFORM, null, null, null, null, null, Level.ORDINAL);

    /** A part of the pairs. */
    public enum Part {
        UNIFORM,
        ACQUIRED,
        ALL;

        /** As addresses have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How answers are compared. */
    public enum Level {
        /** Answers have an order, and a near miss counts less. */
        ORDINAL,
        /** Verdicts are the same or not. */
        NOMINAL;

        /** As addresses have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses a period that ends before it begins. */
    public AgreementFilter {
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.invalid(
                    "invalid_period", "to", "The period ends on " + to + ", before it begins on " + from + ".");
        }
    }

    /** The same under another protocol version, whose dimensions may be others. */
    public AgreementFilter under(@Nullable String otherProtocol) {
        return new AgreementFilter(otherProtocol, stratum, from, to, annotator, category, null, level);
    }

    /** The same of another part of the pairs. */
    public AgreementFilter of(Part part) {
        return new AgreementFilter(protocol, part, from, to, annotator, category, dimension, level);
    }

    /** The same in another period. */
    public AgreementFilter within(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new AgreementFilter(protocol, stratum, first, last, annotator, category, dimension, level);
    }

    /** The same on the pairs of another annotator. */
    public AgreementFilter by(@Nullable String name) {
        return new AgreementFilter(protocol, stratum, from, to, name, category, dimension, level);
    }

    /** The same in another category. */
    public AgreementFilter in(@Nullable String otherCategory) {
        return new AgreementFilter(protocol, stratum, from, to, annotator, otherCategory, dimension, level);
    }

    /** The same on another dimension. */
    public AgreementFilter on(@Nullable String otherDimension) {
        return new AgreementFilter(protocol, stratum, from, to, annotator, category, otherDimension, level);
    }

    /** The same at another level. */
    public AgreementFilter at(Level otherLevel) {
        return new AgreementFilter(protocol, stratum, from, to, annotator, category, dimension, otherLevel);
    }
}
