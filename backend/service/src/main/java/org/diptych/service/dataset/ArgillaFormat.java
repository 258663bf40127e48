package org.diptych.service.dataset;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Argilla's flat rows: fields, and one question with its responses, who gave them, and what they come to. */
final class ArgillaFormat implements DatasetFormat {
    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            archive.json("records", split, split + ".jsonl", out -> {
                long[] rows = new long[1];
                leftOut[0] += data.tasks(split, (task, outcome) -> {
                    row(out, task, outcome);
                    rows[0]++;
                });
                return rows[0];
            });
        }
        data.putPictures(archive);
        return leftOut[0];
    }

    private static void row(JsonGenerator out, LabelledTask task, Outcome outcome) {
        out.writeStartObject();
        out.writeStringProperty("id", task.task().digest());
        out.writeStringProperty("status", "completed");
        out.writeStringProperty("instruction", task.task().instruction());
        out.writeStringProperty("source", task.source().path());
        out.writeStringProperty("first", task.first().picture().path());
        out.writeStringProperty("second", task.second().picture().path());
        list(out, task, "verdict.responses", said -> said.overall().word());
        list(out, task, "verdict.responses.users", said -> user(said).toString());
        list(out, task, "verdict.responses.status", _ -> "submitted");
        out.writeStringProperty("verdict.suggestion", outcome.verdict().word());
        out.writeNumberProperty(
                "verdict.suggestion.score", outcome.shares()[LabelledTask.VERDICTS.indexOf(outcome.verdict())]);
        out.writeStringProperty("verdict.suggestion.agent", "diptych");
        out.writeStringProperty("consensus", outcome.source().word());
        out.writeStringProperty("item", task.item());
        out.writeStringProperty("category", task.category() == null ? "" : task.category());
        out.writeStringProperty(
                "first_model", task.first().model() == null ? "" : task.first().model());
        out.writeStringProperty(
                "second_model",
                task.second().model() == null ? "" : task.second().model());
        out.writeStringProperty("stratum", task.stratum());
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static void list(
            JsonGenerator out, LabelledTask task, String name, Function<LabelledTask.Said, String> value) {
        out.writeArrayPropertyStart(name);
        for (var said : task.labels()) {
            out.writeString(value.apply(said));
        }
        out.writeEndArray();
    }

    /** Users have UUIDs there: one of the name that the export says, or of the answer where it says none. */
    private static UUID user(LabelledTask.Said said) {
        var name = said.name() == null ? said.label().toString() : said.name();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
