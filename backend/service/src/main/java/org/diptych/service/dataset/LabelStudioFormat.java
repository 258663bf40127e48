package org.diptych.service.dataset;

import org.diptych.protocol.Verdict;
import tools.jackson.core.JsonGenerator;

/** Label Studio's tasks with annotations, and the configuration that shows them. Ties have a control of their own there. */
final class LabelStudioFormat implements DatasetFormat {
    private static final String CONFIGURATION = """
            <View>
              <Text name="instruction" value="$instruction"/>
              <Image name="source" value="$source"/>
              <View style="display: flex">
                <Image name="first" value="$first"/>
                <Image name="second" value="$second"/>
              </View>
              <Pairwise name="preference" toName="first,second"/>
              <Choices name="undecided" toName="source">
                <Choice value="tie"/>
                <Choice value="both_bad"/>
              </Choices>
            </View>
            """;

    @Override
    public long write(Dataset data, Archive archive) {
        // the files go into one project there, which knows a task by its number
        long[] number = new long[1];
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            archive.json("tasks", split, split + ".json", out -> {
                long[] rows = new long[1];
                out.writeStartArray();
                leftOut[0] += data.tasks(split, (task, outcome) -> {
                    task(out, task, outcome, ++number[0]);
                    rows[0]++;
                });
                out.writeEndArray();
                return rows[0];
            });
        }
        archive.text("config.xml", CONFIGURATION);
        data.putPictures(archive);
        return leftOut[0];
    }

    private static void task(JsonGenerator out, LabelledTask task, Outcome outcome, long number) {
        out.writeStartObject();
        out.writeNumberProperty("id", number);
        out.writeObjectPropertyStart("data");
        out.writeStringProperty("task", task.task().digest());
        out.writeStringProperty("item", task.item());
        out.writeStringProperty("instruction", task.task().instruction());
        out.writeStringProperty("category", task.category() == null ? "" : task.category());
        out.writeStringProperty("source", task.source().path());
        out.writeStringProperty("first", task.first().picture().path());
        out.writeStringProperty("second", task.second().picture().path());
        out.writeStringProperty("verdict", outcome.verdict().word());
        out.writeStringProperty("consensus", outcome.source().word());
        model(out, "first_model", task.first());
        model(out, "second_model", task.second());
        // an annotation's own field takes accounts of the project only, and refuses the whole file for any other
        out.writeArrayPropertyStart("annotators");
        task.labels().forEach(said -> out.writeString(said.name() == null ? "" : said.name()));
        out.writeEndArray();
        out.writeEndObject();
        out.writeArrayPropertyStart("annotations");
        for (var said : task.labels()) {
            annotation(out, said);
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("predictions");
        out.writeStartObject();
        out.writeStringProperty("model_version", outcome.source().word());
        out.writeNumberProperty("score", outcome.shares()[LabelledTask.VERDICTS.indexOf(outcome.verdict())]);
        result(out, outcome.verdict());
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static void model(JsonGenerator out, String name, LabelledTask.Edit edit) {
        if (edit.model() != null) {
            out.writeStringProperty(name, edit.model());
        }
    }

    private static void annotation(JsonGenerator out, LabelledTask.Said said) {
        out.writeStartObject();
        out.writeStringProperty("unique_id", said.label().toString());
        result(out, said.overall());
        out.writeBooleanProperty("was_cancelled", false);
        out.writeBooleanProperty("ground_truth", false);
        out.writeStringProperty("created_at", said.at().toString());
        out.writeStringProperty("updated_at", said.at().toString());
        out.writeNumberProperty("lead_time", said.activeMilliseconds() / 1000.0);
        out.writeEndObject();
    }

    private static void result(JsonGenerator out, Verdict verdict) {
        out.writeArrayPropertyStart("result");
        out.writeStartObject();
        if (verdict == Verdict.FIRST || verdict == Verdict.SECOND) {
            out.writeStringProperty("from_name", "preference");
            out.writeStringProperty("to_name", "preference");
            out.writeStringProperty("type", "pairwise");
            out.writeObjectPropertyStart("value");
            out.writeStringProperty("selected", verdict == Verdict.FIRST ? "left" : "right");
        } else {
            out.writeStringProperty("from_name", "undecided");
            out.writeStringProperty("to_name", "source");
            out.writeStringProperty("type", "choices");
            out.writeObjectPropertyStart("value");
            out.writeArrayPropertyStart("choices");
            out.writeString(verdict.word());
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndArray();
    }
}
