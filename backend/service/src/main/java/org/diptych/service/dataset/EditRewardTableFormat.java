package org.diptych.service.dataset;

import static org.diptych.service.dataset.table.Feature.Value.FLOAT32;
import static org.diptych.service.dataset.table.Feature.Value.INT32;
import static org.diptych.service.dataset.table.Feature.Value.STRING;

import java.util.ArrayList;
import java.util.List;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The columns of EditReward-Data as published. The protocol's two dimensions stand under the published names, the one about
 * the instruction first; the left edit is the first one. Where votes and mean scores contradict each other there is no row.
 */
final class EditRewardTableFormat implements DatasetFormat {
    static final int DIMENSIONS = 2;
    private static final double EQUAL = 1e-9;
    private static final String INSTRUCTION = "instruction_following";

    private static final Columns COLUMNS = new Columns()
            .with("key", STRING)
            .with("unique_key", STRING)
            .with("pair_index", INT32)
            .with("instruction", STRING)
            .with("source_img", new Feature.Picture())
            .with("left_output_image", new Feature.Picture())
            .with("right_output_image", new Feature.Picture())
            .with("left_model", STRING)
            .with("right_model", STRING)
            .with("left_overall_score", FLOAT32)
            .with("left_instruction_following_score", FLOAT32)
            .with("left_quality_aesthetic_score", FLOAT32)
            .with("right_overall_score", FLOAT32)
            .with("right_instruction_following_score", FLOAT32)
            .with("right_quality_aesthetic_score", FLOAT32)
            .with("vote_type", STRING)
            .with("metadata_index", INT32)
            .with("left_img_rel", STRING)
            .with("right_img_rel", STRING)
            .with("consensus", STRING);

    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            int[] number = new int[1];
            archive.table(
                    "default",
                    split,
                    COLUMNS,
                    true,
                    table -> data.each(split, (task, outcome) -> {
                        var rows = rows(data, task, outcome, number[0]);
                        rows.forEach(table::add);
                        number[0] += rows.size();
                        leftOut[0] += rows.isEmpty() ? 1 : 0;
                    }));
        }
        return leftOut[0];
    }

    /** None where votes and scores contradict each other, two where ties are split. */
    private static List<List<@Nullable Object>> rows(Dataset data, LabelledTask task, Outcome outcome, int number) {
        var dimensions = data.protocol().dimensions();
        boolean turned = dimensions.get(1).id().equals(INSTRUCTION);
        double[] one = task.ratings(dimensions.get(turned ? 1 : 0).id());
        double[] two = task.ratings(dimensions.get(turned ? 0 : 1).id());
        if (one == null || two == null || task.task().isOfOnePicture()) {
            return List.of();
        }
        double difference = one[0] + two[0] - one[1] - two[1];
        if (difference * outcome.margin() < 0) {
            return List.of();
        }
        double lead = Math.abs(outcome.margin()) > EQUAL ? outcome.margin() : difference;
        var votes = new ArrayList<String>();
        if (Math.abs(lead) > EQUAL) {
            votes.add(lead > 0 ? "leftvote" : "rightvote");
        } else {
            switch (data.options().ties()) {
                case KEEP -> votes.add("tie");
                case SPLIT -> votes.addAll(List.of("leftvote", "rightvote"));
                case DROP -> {}
            }
        }
        var rows = new ArrayList<List<@Nullable Object>>();
        for (var vote : votes) {
            rows.add(row(data, task, outcome, one, two, vote, number + rows.size()));
        }
        return rows;
    }

    private static List<@Nullable Object> row(
            Dataset data, LabelledTask task, Outcome outcome, double[] one, double[] two, String vote, int number) {
        var row = new ArrayList<@Nullable Object>();
        row.add(task.item());
        row.add(task.task().digest());
        row.add(number);
        row.add(task.task().instruction());
        row.add(data.encoded(task.source()));
        row.add(data.encoded(task.first().picture()));
        row.add(data.encoded(task.second().picture()));
        row.add(task.first().model());
        row.add(task.second().model());
        for (int side = 0; side < 2; side++) {
            row.add(one[side] + two[side]);
            row.add(one[side]);
            row.add(two[side]);
        }
        row.add(vote);
        row.add(number);
        row.add(task.first().picture().path());
        row.add(task.second().picture().path());
        row.add(outcome.source().word());
        return row;
    }
}
