package org.diptych.service.dataset;

import tools.jackson.core.JsonGenerator;

/** ms-swift's rows for a reward model: the preferred edit among {@code images}, the other among {@code rejected_images}. */
final class SwiftFormat implements DatasetFormat {
    @Override
    public long write(Dataset data, Archive archive) {
        long[] leftOut = new long[1];
        for (var split : data.options().split().parts()) {
            archive.json("pairs", split, split + ".jsonl", out -> {
                long[] rows = new long[1];
                leftOut[0] += data.preferences(split, (task, outcome, firstIsBetter) -> {
                    row(out, task, outcome, firstIsBetter);
                    rows[0]++;
                });
                return rows[0];
            });
        }
        data.putPictures(archive);
        return leftOut[0];
    }

    private static void row(JsonGenerator out, LabelledTask task, Outcome outcome, boolean first) {
        var better = first ? task.first() : task.second();
        var worse = first ? task.second() : task.first();
        out.writeStartObject();
        out.writeArrayPropertyStart("messages");
        message(out, "user", "<image><image>" + PictureTags.apart(task.task().instruction()));
        message(out, "assistant", "The second image is the first one, edited as asked.");
        out.writeEndArray();
        pictures(out, "images", task.source(), better.picture());
        pictures(out, "rejected_images", task.source(), worse.picture());
        out.writeNumberProperty("margin", outcome.confidence());
        out.writeStringProperty("consensus", outcome.source().word());
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static void message(JsonGenerator out, String role, String content) {
        out.writeStartObject();
        out.writeStringProperty("role", role);
        out.writeStringProperty("content", content);
        out.writeEndObject();
    }

    private static void pictures(JsonGenerator out, String name, LabelledTask.Picture... pictures) {
        out.writeArrayPropertyStart(name);
        for (var picture : pictures) {
            out.writeString(picture.path());
        }
        out.writeEndArray();
    }
}
