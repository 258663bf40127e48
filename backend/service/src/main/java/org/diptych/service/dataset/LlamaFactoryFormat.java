package org.diptych.service.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** LLaMA-Factory's ranking rows: a judge sees source and both edits and says which is better. */
final class LlamaFactoryFormat implements DatasetFormat {
    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        var described = new LinkedHashMap<String, Object>();
        for (var split : data.options().split().parts()) {
            archive.json("judgements", split, split + ".jsonl", out -> {
                long[] rows = new long[1];
                leftOut[0] += data.preferences(split, (task, outcome, firstIsBetter) -> {
                    // both orders, so that a judge does not learn a side
                    row(out, task, outcome, task.first(), task.second(), firstIsBetter);
                    row(out, task, outcome, task.second(), task.first(), !firstIsBetter);
                    rows[0] += 2;
                });
                return rows[0];
            });
            described.put("diptych_" + split, description(split + ".jsonl"));
        }
        archive.text(
                "dataset_info.json",
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(described));
        data.putPictures(archive);
        return leftOut[0];
    }

    private static Map<String, Object> description(String file) {
        var description = new LinkedHashMap<String, Object>();
        description.put("file_name", file);
        description.put("ranking", true);
        description.put("formatting", "sharegpt");
        var columns = new LinkedHashMap<String, Object>();
        columns.put("messages", "conversations");
        columns.put("chosen", "chosen");
        columns.put("rejected", "rejected");
        columns.put("images", "images");
        description.put("columns", columns);
        return description;
    }

    private static void row(
            JsonGenerator out,
            LabelledTask task,
            Outcome outcome,
            LabelledTask.Edit a,
            LabelledTask.Edit b,
            boolean aIsBetter) {
        out.writeStartObject();
        out.writeArrayPropertyStart("conversations");
        said(
                out,
                "human",
                "<image><image><image>"
                        + PictureTags.apart(JudgeQuestion.of(task.task().instruction())));
        out.writeEndArray();
        out.writeName("chosen");
        said(out, "gpt", aIsBetter ? "A" : "B");
        out.writeName("rejected");
        said(out, "gpt", aIsBetter ? "B" : "A");
        out.writeArrayPropertyStart("images");
        out.writeString(task.source().path());
        out.writeString(a.picture().path());
        out.writeString(b.picture().path());
        out.writeEndArray();
        out.writeNumberProperty("margin", outcome.confidence());
        out.writeStringProperty("consensus", outcome.source().word());
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static void said(JsonGenerator out, String from, String value) {
        out.writeStartObject();
        out.writeStringProperty("from", from);
        out.writeStringProperty("value", value);
        out.writeEndObject();
    }
}
