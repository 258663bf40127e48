package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.Provenance;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingException;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.encoder.EditEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A run's labels with the features of their candidates by one encoder, as the trainer wants them.
 *
 * @param labels those whose candidates both have features
 * @param leftOut how many others there are
 * @param features by candidate
 * @param set the same labels in the same order
 * @param provenance of every model that is trained on them
 */
record TrainingData(
        List<LabelledPair> labels, int leftOut, Map<UUID, float[]> features, TrainingSet set, Provenance provenance) {
    /** What comparisons are scored on: EditReward's four levels. */
    private static final int LEVELS_WITHOUT_RATINGS = 4;

    private static final int MOST_LISTED = 20;

    /** @param features by candidate, of those that the encoder could encode */
    static TrainingData of(RunInputs inputs, EditEncoder encoder, Map<UUID, float[]> features) {
        var labels = inputs.labels().stream()
                .filter(label -> features.containsKey(label.first()) && features.containsKey(label.second()))
                .toList();
        return new TrainingData(
                labels,
                inputs.labels().size() - labels.size(),
                features,
                set(inputs.protocol(), encoder, labels, features),
                inputs.provenance(encoder.encoderId()));
    }

    private static TrainingSet set(
            Protocol protocol, EditEncoder encoder, List<LabelledPair> labels, Map<UUID, float[]> features) {
        var candidates = RunInputs.candidates(labels);
        var rowOf = new HashMap<UUID, Integer>();
        var rows = new float[candidates.size()][];
        for (int row = 0; row < rows.length; row++) {
            var candidate = candidates.get(row);
            rowOf.put(candidate, row);
            rows[row] = Objects.requireNonNull(features.get(candidate), "every candidate was encoded");
        }
        var dimensions = protocol.dimensions();
        int lowest = dimensions.stream()
                .filter(dimension -> !dimension.levels().isEmpty())
                .mapToInt(Dimension::lowest)
                .min()
                .orElse(1);
        int levels = dimensions.stream()
                .filter(dimension -> !dimension.levels().isEmpty())
                .mapToInt(dimension -> dimension.highest() - lowest + 1)
                .max()
                .orElse(LEVELS_WITHOUT_RATINGS);
        var examples = new ArrayList<TrainingExample>(labels.size());
        for (var label : labels) {
            examples.add(new TrainingExample(
                    Objects.requireNonNull(rowOf.get(label.first())),
                    Objects.requireNonNull(rowOf.get(label.second())),
                    label.group(),
                    label.instruction(),
                    label.annotator().toString(),
                    1,
                    !label.swapped(),
                    dimensions.stream()
                            .map(dimension -> answer(label.answers().get(dimension.id()), lowest))
                            .toList()));
        }
        return new TrainingSet(
                dimensions.stream().map(Dimension::id).toList(),
                levels,
                encoder.encoderId(),
                encoder.layout(),
                FeatureTable.of(rows),
                examples);
    }

    private static org.diptych.reward.Answer answer(@Nullable Answer answer, int lowest) {
        return switch (answer) {
            case null -> new org.diptych.reward.Answer.Unanswered();
            case RatingPair ratings ->
                new org.diptych.reward.Answer.Rated(ratings.first() - lowest + 1, ratings.second() - lowest + 1);
            case Comparison comparison -> new org.diptych.reward.Answer.Judged(comparison.verdict());
        };
    }

    /** The candidates whose features are no numbers; none if that was not the failure. */
    List<UUID> broken(NotFiniteException failure) {
        if (failure.kind() != NotFiniteException.Kind.CANDIDATES) {
            return List.of();
        }
        var known = RunInputs.candidates(labels);
        return failure.rows().stream().map(known::get).toList();
    }

    /** What broke, in ids that can be looked up. */
    TrainingException named(NotFiniteException failure) {
        return new TrainingException(
                switch (failure.kind()) {
                    case LABELS ->
                        "The loss is not a finite number for the labels of the pairs "
                                + listed(failure.rows().stream()
                                        .map(labels::get)
                                        .map(LabelledPair::pair)
                                        .distinct()
                                        .toList())
                                + ". The last good version stays active.";
                    case CANDIDATES ->
                        "A feature of the candidate " + listed(broken(failure))
                                + " is not a finite number. The last good version stays active; the next run computes the features anew.";
                });
    }

    private static String listed(List<UUID> ids) {
        return ids.stream().limit(MOST_LISTED).map(UUID::toString).collect(Collectors.joining(", "))
                + (ids.size() > MOST_LISTED ? " and %d more".formatted(ids.size() - MOST_LISTED) : "");
    }

    /** How many labels are missing, and that some were left out where that is so. */
    TrainingException named(NotEnoughLabelsException failure) {
        return leftOut == 0
                ? failure
                : new TrainingException(
                        "%s. %d labels are left out, since candidates of theirs cannot be encoded: the models page names them"
                                .formatted(failure.getMessage(), leftOut));
    }
}
