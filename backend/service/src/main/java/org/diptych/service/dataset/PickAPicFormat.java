package org.diptych.service.dataset;

import static org.diptych.service.dataset.table.Feature.Value.BINARY;
import static org.diptych.service.dataset.table.Feature.Value.BOOL;
import static org.diptych.service.dataset.table.Feature.Value.FLOAT32;
import static org.diptych.service.dataset.table.Feature.Value.STRING;

import java.util.Arrays;
import java.util.List;
import org.diptych.service.dataset.table.Columns;
import org.jspecify.annotations.Nullable;

/**
 * The columns of Pick-a-Pic that scripts for diffusion DPO read, and the source as one more picture. Labels are 1 and 0, or
 * a half each where nobody won, as there.
 */
final class PickAPicFormat implements DatasetFormat {
    private static final Columns COLUMNS = new Columns()
            .with("caption", STRING)
            .with("jpg_source", BINARY)
            .with("jpg_0", BINARY)
            .with("jpg_1", BINARY)
            .with("label_0", FLOAT32)
            .with("label_1", FLOAT32)
            .with("image_source_uid", STRING)
            .with("image_0_uid", STRING)
            .with("image_1_uid", STRING)
            .with("best_image_uid", STRING)
            .with("model_0", STRING)
            .with("model_1", STRING)
            .with("has_label", BOOL)
            .with("are_different", BOOL)
            .with("ranking_id", STRING)
            .with("preference", FLOAT32)
            .with("consensus", STRING);

    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        boolean winnersOnly = data.options().ties() != Ties.KEEP;
        for (var split : data.options().split().parts()) {
            archive.table("pairs", split, COLUMNS, true, table -> {
                if (winnersOnly) {
                    leftOut[0] += data.preferences(
                            split, (task, outcome, first) -> table.add(row(data, task, outcome, first ? 1 : 0)));
                } else {
                    data.tasks(split, (task, outcome) -> table.add(row(data, task, outcome, label(task, outcome))));
                }
            });
        }
        return leftOut[0];
    }

    private static List<@Nullable Object> row(Dataset data, LabelledTask task, Outcome outcome, double zero) {
        var first = task.first().picture().sha256();
        var second = task.second().picture().sha256();
        return Arrays.asList(
                task.task().instruction(),
                data.bytes(task.source()),
                data.bytes(task.first().picture()),
                data.bytes(task.second().picture()),
                zero,
                1 - zero,
                task.source().sha256(),
                first,
                second,
                zero == 0.5 ? "tie" : zero > 0.5 ? first : second,
                task.first().model(),
                task.second().model(),
                true,
                !task.task().isOfOnePicture(),
                task.task().digest(),
                outcome.preference(),
                outcome.source().word());
    }

    /** 1, 0 or a half: scripts compare it with these. */
    private static double label(LabelledTask task, Outcome outcome) {
        if (task.task().isOfOnePicture() || !outcome.decided()) {
            return 0.5;
        }
        return outcome.margin() > 0 ? 1 : 0;
    }
}
