package org.diptych.service.dataset;

import static org.diptych.service.dataset.table.Feature.Value.FLOAT32;
import static org.diptych.service.dataset.table.Feature.Value.STRING;

import java.util.Arrays;
import java.util.List;
import org.diptych.service.dataset.table.Columns;
import org.diptych.service.dataset.table.Feature;

/** TRL's rows for a judge that sees pictures: source, A and B; chosen and rejected are "A" and "B". Both orders. */
final class TrlFormat implements DatasetFormat {
    private static final Columns PART = new Columns().with("type", STRING).with("text", STRING);
    private static final Columns MESSAGE =
            new Columns().with("role", STRING).with("content", new Feature.Structs(PART));
    private static final Columns COLUMNS = new Columns()
            .with("images", new Feature.ListOf(new Feature.Picture()))
            .with("prompt", new Feature.Structs(MESSAGE))
            .with("chosen", new Feature.Structs(MESSAGE))
            .with("rejected", new Feature.Structs(MESSAGE))
            .with("margin", FLOAT32)
            .with("task", STRING)
            .with("consensus", STRING);

    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            archive.table(
                    "judgements",
                    split,
                    COLUMNS,
                    true,
                    table -> leftOut[0] += data.preferences(split, (task, outcome, firstIsBetter) -> {
                        row(table, data, task, outcome, task.first(), task.second(), firstIsBetter);
                        row(table, data, task, outcome, task.second(), task.first(), !firstIsBetter);
                    }));
        }
        return leftOut[0];
    }

    private static void row(
            TableFiles table,
            Dataset data,
            LabelledTask task,
            Outcome outcome,
            LabelledTask.Edit a,
            LabelledTask.Edit b,
            boolean aIsBetter) {
        var picture = Arrays.asList("image", null);
        table.add(List.of(
                List.of(data.encoded(task.source()), data.encoded(a.picture()), data.encoded(b.picture())),
                List.of(List.of(
                        "user",
                        List.of(
                                picture,
                                picture,
                                picture,
                                text(JudgeQuestion.of(task.task().instruction()))))),
                answer(aIsBetter ? "A" : "B"),
                answer(aIsBetter ? "B" : "A"),
                outcome.confidence(),
                task.task().digest(),
                outcome.source().word()));
    }

    private static List<Object> answer(String word) {
        return List.of(List.of("assistant", List.of(text(word))));
    }

    private static List<Object> text(String text) {
        return List.of("text", text);
    }
}
