package org.diptych.service.dataset;

import java.util.HashMap;
import java.util.Map;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import tools.jackson.core.JsonGenerator;

/**
 * What the labels of one task say together, by one rule.
 *
 * <ol>
 *   <li>A label is a vote for the edit with the greater sum of ratings; equal sums are half a vote for each.
 *   <li>{@code path1} is the edit with more votes; with equal votes the one with the greater mean overall score; where these
 *       are equal too, {@code tie_case} is true and the first candidate comes first.
 *   <li>Scores are means over the labels, {@code overall} is the sum over the dimensions, {@code choice_dist} the shares of
 *       the votes where there are several labels; {@code confidence} is null, as in the published examples.
 *   <li>Votes and means may point in opposite directions (two small preferences against a great one), and two edits may be
 *       the same picture. A trainer that reads preferences and scores would learn both ways: there is no record.
 * </ol>
 */
final class EditRewardRecord {
    private static final double EQUAL = 1e-9;

    private final Protocol protocol;
    private final String instruction;
    private final String source;
    private final Side first;
    private final Side second;
    private final Map<String, double[]> sums = new HashMap<>();
    private int labels;
    private double votesForFirst;
    private boolean adjudicated;

    EditRewardRecord(Protocol protocol, String instruction, String source, Side first, Side second) {
        this.protocol = protocol;
        this.instruction = instruction;
        this.source = source;
        this.first = first;
        this.second = second;
    }

    /** An edit: who made it, and where its picture lies. */
    record Side(String model, String path) {}

    /** Adds a label's answers. Those of a version of the protocol that asked for no ratings are no part of a record. */
    void add(Map<String, Answer> answers) {
        int difference = 0;
        for (var dimension : protocol.dimensions()) {
            if (!(answers.get(dimension.id()) instanceof RatingPair)) {
                return;
            }
        }
        for (var dimension : protocol.dimensions()) {
            if (answers.get(dimension.id()) instanceof RatingPair ratings) {
                var sum = sums.computeIfAbsent(dimension.id(), _ -> new double[2]);
                sum[0] += ratings.first();
                sum[1] += ratings.second();
                difference += ratings.first() - ratings.second();
            }
        }
        labels++;
        votesForFirst += (1 + Integer.signum(difference)) / 2.0;
    }

    /** Takes what an adjudicator decided in place of all labels; nothing happens where that holds no ratings. */
    void decide(Map<String, Answer> answers) {
        if (protocol.dimensions().stream().allMatch(each -> answers.get(each.id()) instanceof RatingPair)) {
            sums.clear();
            labels = 0;
            votesForFirst = 0;
            add(answers);
            adjudicated = true;
        }
    }

    /**
     * Writes the record; where nobody won it may be two, each preferring one edit, or none.
     *
     * @return how many
     */
    int write(JsonGenerator out, Ties ties) {
        if (labels == 0 || first.path().equals(second.path())) {
            return 0;
        }
        double[] overall = {overall(0), overall(1)};
        int byVotes = sign(votesForFirst / labels - 0.5);
        int byMeans = sign(overall[0] - overall[1]);
        boolean tie = byVotes == 0 && byMeans == 0;
        if (byVotes * byMeans < 0 || (tie && ties == Ties.DROP)) {
            return 0;
        }
        int preferred = byVotes + byMeans < 0 ? 1 : 0;
        record(out, preferred, overall, tie);
        if (tie && ties == Ties.SPLIT) {
            record(out, 1 - preferred, overall, true);
            return 2;
        }
        return 1;
    }

    private void record(JsonGenerator out, int preferred, double[] overall, boolean tie) {
        int other = 1 - preferred;
        out.writeStartObject();
        out.writeStringProperty("prompt", instruction);
        out.writeStringProperty("path_src", source);
        out.writeStringProperty("path1", side(preferred).path());
        out.writeStringProperty("path2", side(other).path());
        out.writeStringProperty("model1", side(preferred).model());
        out.writeStringProperty("model2", side(other).model());
        scores(out, "model1", preferred, overall);
        scores(out, "model2", other, overall);
        out.writeBooleanProperty("tie_case", tie);
        distribution(out, preferred);
        out.writeNullProperty("confidence");
        var by = adjudicated ? Outcome.Source.ADJUDICATION : Outcome.Source.MAJORITY;
        out.writeStringProperty("consensus", by.word());
        out.writeEndObject();
    }

    private void scores(JsonGenerator out, String model, int candidate, double[] overall) {
        int number = 1;
        for (var dimension : protocol.dimensions()) {
            number(out, model + "_dim" + number++ + "_score", mean(dimension, candidate));
        }
        number(out, model + "_overall_score", overall[candidate]);
    }

    private void distribution(JsonGenerator out, int preferred) {
        if (labels < 2) {
            out.writeNullProperty("choice_dist");
            return;
        }
        double share = preferred == 0 ? votesForFirst / labels : 1 - votesForFirst / labels;
        out.writeName("choice_dist");
        out.writeArray(new double[] {share, 1 - share}, 0, 2);
    }

    /** Whole numbers stay whole, as in the published records. */
    private static void number(JsonGenerator out, String name, double value) {
        if (value == Math.rint(value)) {
            out.writeNumberProperty(name, (long) value);
        } else {
            out.writeNumberProperty(name, Math.round(value * 1e4) / 1e4);
        }
    }

    private double overall(int candidate) {
        return protocol.dimensions().stream()
                .mapToDouble(dimension -> mean(dimension, candidate))
                .sum();
    }

    private double mean(Dimension dimension, int candidate) {
        var sum = sums.get(dimension.id());
        if (sum == null) {
            throw new IllegalStateException("no rating for " + dimension.id());
        }
        return sum[candidate] / labels;
    }

    private static int sign(double value) {
        return Math.abs(value) < EQUAL ? 0 : value > 0 ? 1 : -1;
    }

    private Side side(int candidate) {
        return candidate == 0 ? first : second;
    }
}
