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
 */
record LabelledTask(
        Task task,
        String item,
        @Nullable String category,
        Picture source,
        Edit first,
        Edit second,
        String stratum,
        List<Said> labels) {
    /** The order in which verdicts are counted, from the one edit to the other. */
    static final List<Verdict> VERDICTS = List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND);

    LabelledTask {
        labels = new ArrayList<>(labels);
    }

    /** A stored picture. */
    record Picture(String sha256, String mediaType) {
        /** Where it lies beside a dataset's files. */
        String path() {
            return EditRewardExport.path(sha256, mediaType);
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

    /** How often each verdict was given on a dimension, or overall, in the order of {@link #VERDICTS}. */
    int[] votes(String dimension) {
        var votes = new int[VERDICTS.size()];
        for (var said : labels) {
            var verdict = said.verdicts().get(dimension);
            if (verdict != null) {
                votes[VERDICTS.indexOf(verdict)]++;
            }
        }
        return votes;
    }

    /** The mean ratings of the two edits on a dimension; null where nobody rated. */
    double @Nullable [] ratings(String dimension) {
        double first = 0;
        double second = 0;
        int count = 0;
        for (var said : labels) {
            if (said.answers().get(dimension) instanceof RatingPair rated) {
                first += rated.first();
                second += rated.second();
                count++;
            }
        }
        return count == 0 ? null : new double[] {first / count, second / count};
    }

    /** The dimensions that somebody answered, in the order of the answers. */
    List<String> dimensions() {
        return labels.stream()
                .flatMap(said -> said.answers().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
