package org.diptych.reward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * Everything a training run reads.
 *
 * @param dimensions ids of the protocol's dimensions, in the order of the answers
 * @param levels number of rating levels, at least 2
 * @param encoderId the encoder that made the features
 * @param layout the blocks of the features
 * @param features one row per candidate
 * @param examples the labels
 */
public record TrainingSet(
        List<String> dimensions,
        int levels,
        String encoderId,
        FeatureLayout layout,
        FeatureTable features,
        List<TrainingExample> examples) {

    public TrainingSet {
        dimensions = List.copyOf(dimensions);
        examples = List.copyOf(examples);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("a training set needs at least one dimension");
        }
        if (levels < 2) {
            throw new IllegalArgumentException("ratings need at least 2 levels, not " + levels);
        }
        for (int i = 0; i < examples.size(); i++) {
            check(examples.get(i), i, dimensions.size(), levels, features.size());
        }
    }

    /** The same candidates with other labels. */
    TrainingSet withExamples(List<TrainingExample> others) {
        return new TrainingSet(dimensions, levels, encoderId, layout, features, others);
    }

    /** Some of the labels, with the candidates that they speak of alone. */
    public TrainingSet only(List<Integer> places) {
        var rows = new LinkedHashMap<Integer, Integer>();
        var kept = new ArrayList<TrainingExample>();
        for (int place : places) {
            var example = examples.get(place);
            rows.putIfAbsent(example.first(), rows.size());
            rows.putIfAbsent(example.second(), rows.size());
            kept.add(example.at(
                    Lookup.of(rows, example.first(), "The place of row"),
                    Lookup.of(rows, example.second(), "The place of row")));
        }
        var table = FeatureTable.of(rows.keySet().stream().map(features::row).toArray(float[][]::new));
        return new TrainingSet(dimensions, levels, encoderId, layout, table, kept);
    }

    private static void check(TrainingExample example, int index, int dimensions, int levels, int rows) {
        if (example.answers().size() != dimensions) {
            throw new IllegalArgumentException("label %d answers %d dimensions of %d"
                    .formatted(index, example.answers().size(), dimensions));
        }
        for (int row : new int[] {example.first(), example.second()}) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException("label %d names row %d of %d".formatted(index, row, rows));
            }
        }
        for (var answer : example.answers()) {
            if (answer instanceof Answer.Rated(int first, int second)
                    && (Math.min(first, second) < 1 || Math.max(first, second) > levels)) {
                throw new IllegalArgumentException(
                        "label %d has the levels %d and %d, outside of 1..%d".formatted(index, first, second, levels));
            }
        }
    }
}
