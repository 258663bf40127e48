package org.diptych.service.agreement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.service.agreement.CampaignAgreement.Reading;
import org.jspecify.annotations.Nullable;

/**
 * How well the annotators of a campaign agree, by everything that may explain it. Intervals are 95 %.
 *
 * @param basis what was counted
 * @param choices what filters can be set to
 * @param dimensions the protocol's dimensions and, last, {@code overall}
 * @param strata uniform, acquired and all, whatever the stratum of the filter
 * @param weeks by the week (from Monday, UTC) of a pair's last answer, in order
 * @param groups by {@code category}, {@code model}, {@code model_pair}, {@code version} and {@code language}; most pairs
 *     first
 * @param confusion which answers stand against which
 * @param annotators one by one, most answers first
 * @param matrix every two annotators with enough pairs in common
 * @param sides how often the left picture was preferred, by anybody; null while nobody prefers one
 * @param model human answers against the active model; null while no answer can be compared
 * @param disputed pairs that divide the annotators most
 * @param findings what deserves a look, the most urgent first
 */
public record AgreementFigures(
        Basis basis,
        Choices choices,
        List<DimensionFigures> dimensions,
        List<StratumFigures> strata,
        List<Week> weeks,
        Map<String, List<Group>> groups,
        Confusion confusion,
        List<AnnotatorFigures> annotators,
        List<Cell> matrix,
        @Nullable Sides sides,
        @Nullable ModelFigures model,
        List<Disputed> disputed,
        List<Finding> findings) {

    /** Two annotators with fewer pairs in common are not compared. */
    public static final int LEAST_SHARED = 30;

    /**
     * What was counted.
     *
     * @param protocol reference of the protocol version
     * @param protocolSha256 its digest
     * @param current whether it is the campaign's own now
     * @param dimension what the figures of one dimension are of
     * @param level how its answers are compared: {@code ordinal} or {@code nominal}
     * @param kind what its answers are: {@code rating}, {@code strength}, {@code order} or {@code verdict}
     * @param labels answers
     * @param pairs pairs with an answer
     * @param comparable pairs with two answers or more
     * @param at when
     */
    public record Basis(
            String protocol,
            String protocolSha256,
            boolean current,
            String dimension,
            String level,
            String kind,
            long labels,
            long pairs,
            long comparable,
            Instant at) {}

    /** What filters can be set to. */
    public record Choices(List<Version> versions, List<Person> annotators, List<String> categories) {}

    /**
     * A protocol version.
     *
     * @param reference e.g. {@code edit-preference-v1}
     * @param labels answers under it, in all strata
     * @param current whether it is the campaign's own now
     */
    public record Version(String reference, String sha256, long labels, boolean current) {}

    /** An annotator. */
    public record Person(UUID id, String name, String displayName) {}

    /**
     * Agreement on a dimension.
     *
     * @param kind what the ordered answers are: {@code rating} (the unit is an image), {@code strength} or {@code order}
     * @param ordinal answers that have an order
     * @param nominal verdicts as names
     */
    public record DimensionFigures(String dimension, String kind, Reading ordinal, Reading nominal) {}

    /** Agreement in a stratum, on every dimension. */
    public record StratumFigures(String stratum, long labels, List<Reading> dimensions) {}

    /** Agreement of the pairs whose last answer came in a week, on every dimension. */
    public record Week(LocalDate monday, List<Reading> dimensions) {}

    /** Agreement in a part of the pairs. */
    public record Group(String name, long pairs, Reading reading) {}

    /**
     * Which answers stand against which, two annotators on the same pair.
     *
     * @param kind what is compared: {@code rating}, {@code word} or {@code verdict}
     * @param values the answers, in order
     * @param coincidences how often, in answers; symmetric
     * @param top pairs of different answers, the most frequent first
     * @param split shares of the pairs of answers by how they differ; empty while nothing can be compared
     * @param histogram pairs by the share of their answers that agree: ten bins below 100 %, then 100 %
     */
    public record Confusion(
            String kind,
            List<String> values,
            List<List<Double>> coincidences,
            List<Confused> top,
            List<Part> split,
            List<Long> histogram) {}

    /** Two answers that are given to the same pair, and which share of all disagreement that is. */
    public record Confused(String one, String other, double share) {}

    /**
     * A share of the pairs of answers.
     *
     * @param kind {@code same}, {@code tie_win} (a tie or both bad against a win), {@code tie_bad} (a tie against both bad)
     *     or {@code win_loss}
     * @param pairs pairs that it is a mean of
     */
    public record Part(String kind, double share, double low, double high, long pairs) {}

    /** How often the left picture was preferred; the test is of one half. */
    public record Sides(long left, long decided, double share, double low, double high, double pValue) {}

    /**
     * An annotator.
     *
     * @param shared pairs with an answer of somebody else
     * @param agreement mean share of the others who said the same, with its interval
     * @param sides null while the annotator prefers none; the test is corrected for the number of annotators
     * @param change earlier against later work; null with too few pairs
     * @param without alpha of all others' answers; null where it was not computed
     * @param model how often the active model prefers the same picture; null while nothing can be compared
     */
    public record AnnotatorFigures(
            Person person,
            long labels,
            long shared,
            @Nullable Figure agreement,
            @Nullable Sides sides,
            @Nullable Change change,
            @Nullable Figure without,
            @Nullable ModelShare model) {}

    /** Agreement with the others in the earlier and in the later half; the test is corrected for the number of annotators. */
    public record Change(double earlier, double later, double low, double high, double pValue) {}

    /**
     * Two annotators.
     *
     * @param first place among the annotators
     * @param second place among the annotators
     * @param shared pairs that both answered
     * @param alpha with its interval
     * @param low whether alpha is below 0.5 and its interval below the median of all
     */
    public record Cell(int first, int second, long shared, Figure alpha, boolean low) {}

    /**
     * People against the active model, on pairs of which no answer existed when it was made.
     *
     * @param version number of the model
     * @param share answers that prefer the picture that the model prefers, of those that prefer one
     * @param people the same of two people on the same pairs; null while nobody shares one
     */
    public record ModelFigures(
            int version, ModelShare share, @Nullable ModelShare people) {}

    /** A share of answers with its interval. */
    public record ModelShare(long same, long decided, double share, double low, double high) {}

    /**
     * A pair that divides the annotators.
     *
     * @param disagreement share of its pairs of answers that differ
     * @param answers how often each answer was given, in the order of {@link Confusion#values}
     * @param modelFirst probability of the active model that the first picture is better; null where it has not scored it
     */
    public record Disputed(
            UUID pair,
            double disagreement,
            List<Answered> answers,
            @Nullable Double modelFirst) {}

    /** An answer and how many gave it. */
    public record Answered(String answer, int times) {}

    /**
     * What deserves a look.
     *
     * @param kind {@code side}, {@code change}, {@code influence}, {@code disagrees}, {@code category} or {@code trend}
     * @param subject user name of an annotator, or a category; null of the whole
     * @param value the figure
     * @param compared what it is compared with
     * @param pValue corrected p value, where there is a test
     */
    public record Finding(
            String kind,
            @Nullable String subject,
            double value,
            double compared,
            @Nullable Double pValue) {}
}
