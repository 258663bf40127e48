package org.diptych.service.pair;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * One pair with all that is known of it.
 *
 * @param item id of the item in the manifest
 * @param protocolSha256 the version of the protocol that the campaign uses now
 * @param first the first edit, called A
 * @param second the second edit, called B
 * @param stratum how the pair came into the queue
 * @param slots labels by state
 * @param takenOutAt since when it is out of the queue; null while it is in it
 * @param revealed whether the names of editing models and annotators are told
 * @param scoredBy number of the active model; null where it has not scored the pair
 * @param answers the latest first
 * @param history the latest first
 */
public record Pair(
        UUID id,
        UUID campaign,
        String item,
        String instruction,
        @Nullable String category,
        String protocolSha256,
        Picture source,
        Edit first,
        Edit second,
        String stratum,
        Slots slots,
        @Nullable Instant takenOutAt,
        boolean revealed,
        @Nullable Integer scoredBy,
        List<PairAnswer> answers,
        List<PairEvent> history) {
    public Pair {
        answers = List.copyOf(answers);
        history = List.copyOf(history);
    }

    /** This pair with the names that were told of it before: those of the edits, and of everybody who had answered then. */
    public Pair withNamesOf(Pair told) {
        var names = told.answers().stream()
                .collect(Collectors.toMap(
                        answer -> answer.annotator().code(), PairAnswer::annotator, (one, another) -> one));
        return new Pair(
                id,
                campaign,
                item,
                instruction,
                category,
                protocolSha256,
                source,
                new Edit(first.picture(), told.first().model(), first.score()),
                new Edit(second.picture(), told.second().model(), second.score()),
                stratum,
                slots,
                takenOutAt,
                true,
                scoredBy,
                answers.stream()
                        .map(answer ->
                                answer.by(names.getOrDefault(answer.annotator().code(), answer.annotator())))
                        .toList(),
                history);
    }

    /**
     * One of the two edits.
     *
     * @param model the editing model; null while it is hidden
     * @param score what the active model thinks of it overall; null where there is none
     */
    public record Edit(
            Picture picture,
            @Nullable String model,
            @Nullable Score score) {}

    /**
     * A model's score.
     *
     * @param mu the score
     * @param sigma its standard deviation
     */
    public record Score(double mu, double sigma) {}

    /** Labels that the pair has, those that annotators are giving now, and all that it is to get. */
    public record Slots(int filled, int held, int wanted) {}
}
