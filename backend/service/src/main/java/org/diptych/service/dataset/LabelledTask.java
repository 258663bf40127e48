package org.diptych.service.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A task and what was said of it, whichever ids it had. Everything is told in the order of {@code first} and {@code second}.
 *
 * @param task what was asked
 * @param item id of the item that was labelled first
 * @param category of that item, or null
 * @param source the source picture
 * @param first an edit
 * @param second another
 * @param stratum of the first label, in lower case
 * @param labels the answers, in order of acceptance
 * @param verdicts what adjudicators decided, the one that counts last; empty where nobody did
 */
record LabelledTask(
        Task task,
        String item,
        @Nullable String category,
        Picture source,
        Edit first,
        Edit second,
        String stratum,
        List<Said> labels,
        List<Decided> verdicts) {
    /** The order in which verdicts are counted, from the one edit to the other. */
    static final List<Verdict> VERDICTS = List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND);

    LabelledTask {
        labels = new ArrayList<>(labels);
        verdicts = new ArrayList<>(verdicts);
    }

    /** A stored picture. */
    record Picture(String sha256, String mediaType) {
        /** Where it lies beside a dataset's files. */
        String path() {
            var extension = switch (mediaType) {
                case "image/jpeg" -> "jpg";
                case "image/webp" -> "webp";
                default -> "png";
            };
            return "images/" + sha256 + "." + extension;
        }
    }

    /** An edited picture and who made it, as the export calls it. */
    record Edit(UUID candidate, @Nullable String model, Picture picture) {}

    /** One answer. */
    record Said(
            UUID label,
            String annotator,
            @Nullable String name,
            Map<String, Answer> answers,
            Map<String, Verdict> verdicts,
            String protocol,
            long activeMilliseconds,
            @Nullable String comment,
            Instant at) {
        Verdict overall() {
            return Objects.requireNonNull(verdicts.get(Protocol.OVERALL), "every label has an overall verdict");
        }
    }

    /** What an adjudicator decided. */
    record Decided(Map<String, Answer> answers, Map<String, Verdict> verdicts) {}

    /** Whether a person has decided it. */
    boolean isAdjudicated() {
        return !verdicts.isEmpty();
    }

    /** What counts: what an adjudicator decided, else all answers. */
    private List<Decided> counting() {
        return isAdjudicated()
                ? List.of(verdicts.getLast())
                : labels.stream()
                        .map(said -> new Decided(said.answers(), said.verdicts()))
                        .toList();
    }

    /**
     * How often each verdict was given on a dimension, or overall, in the order of {@link #VERDICTS}: once, where an
     * adjudicator decided.
     */
    int[] votes(String dimension) {
        var votes = new int[VERDICTS.size()];
        for (var said : counting()) {
            var verdict = said.verdicts().get(dimension);
            if (verdict != null) {
                votes[VERDICTS.indexOf(verdict)]++;
            }
        }
        return votes;
    }

    /** The mean ratings of the two edits on a dimension, or those of the adjudicator; null where nobody rated. */
    double @Nullable [] ratings(String dimension) {
        double first = 0;
        double second = 0;
        int count = 0;
        for (var said : counting()) {
            if (said.answers().get(dimension) instanceof RatingPair rated) {
                first += rated.first();
                second += rated.second();
                count++;
            }
        }
        return count == 0 ? null : new double[] {first / count, second / count};
    }

    /** The protocol versions under which somebody answered, in the order of the answers. */
    List<String> protocols() {
        return labels.stream().map(Said::protocol).distinct().toList();
    }

    /** The dimensions that somebody answered, in the order of the answers. */
    List<String> dimensions() {
        return counting().stream()
                .flatMap(said -> said.answers().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
