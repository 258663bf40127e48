package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.service.label.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a snapshot's labels and turns them into training sets. */
@Component
class SnapshotReader {
    /** What comparisons are scored on: EditReward's four levels. */
    private static final int LEVELS_WITHOUT_RATINGS = 4;

    private final JdbcClient jdbc;

    SnapshotReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<LabelledPair> read(UUID snapshot) {
        return jdbc.sql("""
                        SELECT l.pair_id, l.annotator_id, l.swapped, l.stratum, l.answers, l.verdicts, p.first_candidate_id,
                               p.second_candidate_id, i.source_sha256, i.instruction,
                               l.stratum = 'ACQUIRED' AND b.model_version_id IS NOT NULL AND b.policy <> 'uniform'
                                   AS acquired
                        FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                        JOIN item i ON i.id = p.item_id LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id
                        WHERE s.snapshot_id = ? ORDER BY l.sequence""")
                .param(snapshot)
                .query((row, number) -> {
                    var verdicts = AnswerJson.verdictsFromStored(row.getString("verdicts"));
                    return new LabelledPair(
                            row.getObject("pair_id", UUID.class),
                            row.getObject("first_candidate_id", UUID.class),
                            row.getObject("second_candidate_id", UUID.class),
                            row.getString("source_sha256"),
                            row.getString("instruction"),
                            row.getObject("annotator_id", UUID.class),
                            row.getBoolean("swapped"),
                            row.getString("stratum").equals("UNIFORM"),
                            row.getBoolean("acquired"),
                            AnswerJson.fromStored(row.getString("answers")),
                            java.util.Objects.requireNonNull(verdicts.get(Protocol.OVERALL)));
                })
                .list();
    }

    /** The candidates that the labels speak of. */
    static List<UUID> candidates(List<LabelledPair> labels) {
        var candidates = new LinkedHashSet<UUID>();
        for (var label : labels) {
            candidates.add(label.first());
            candidates.add(label.second());
        }
        return List.copyOf(candidates);
    }

    /** The labels as a training set. */
    static TrainingSet trainingSet(
            Protocol protocol, EditEncoder encoder, List<LabelledPair> labels, Map<UUID, float[]> features) {
        var candidates = candidates(labels);
        var rowOf = new HashMap<UUID, Integer>();
        var rows = new float[candidates.size()][];
        for (int row = 0; row < rows.length; row++) {
            var candidate = candidates.get(row);
            rowOf.put(candidate, row);
            rows[row] = java.util.Objects.requireNonNull(features.get(candidate), "every candidate was encoded");
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
                    java.util.Objects.requireNonNull(rowOf.get(label.first())),
                    java.util.Objects.requireNonNull(rowOf.get(label.second())),
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
}
