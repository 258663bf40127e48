package org.diptych.service.dataset;

import java.io.OutputStream;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * EditReward's training records (TIGER-AI-Lab/EditReward, TRAIN_README.md): one for each task with labels, {@code path1}
 * always the preferred edit. The labels of a task that came in under several ids make one record. What a record says, and
 * when there is none, is {@link EditRewardRecord}'s rule.
 */
@Component
class EditRewardExport {
    private final LabelledTasks tasks;
    private final JsonMapper json;

    EditRewardExport(LabelledTasks tasks, JsonMapper json) {
        this.tasks = tasks;
        this.json = json;
    }

    /**
     * Writes the list of records.
     *
     * @return how many, and how many labelled tasks have none
     */
    Written write(UUID campaign, Protocol protocol, ExportOptions options, OutputStream stream) {
        try (var generator = json.writer()
                .withRootValueSeparator("")
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(stream)) {
            return write(campaign, protocol, options, new Pseudonyms(options.names()), "train", generator);
        }
    }

    /** Writes the list of one part's records; the options say which parts there are. */
    Written write(
            UUID campaign,
            Protocol protocol,
            ExportOptions options,
            Pseudonyms names,
            String part,
            JsonGenerator generator) {
        generator.writeStartArray();
        long[] leftOut = new long[1];
        long[] rows = new long[1];
        tasks.read(campaign, options.filter(), names, task -> {
            if (options.split().part(task.task().source()).equals(part)) {
                long written = write(generator, protocol, task, options.ties());
                rows[0] += written;
                leftOut[0] += written == 0 ? 1 : 0;
            }
        });
        generator.writeEndArray();
        return new Written(rows[0], leftOut[0]);
    }

    private static int write(JsonGenerator out, Protocol protocol, LabelledTask task, Ties ties) {
        if (task.task().isOfOnePicture()) {
            return 0;
        }
        var record = new EditRewardRecord(
                protocol, task.task().instruction(), task.source().path(), side(task.first()), side(task.second()));
        task.labels().forEach(said -> record.add(said.answers()));
        if (task.isAdjudicated()) {
            record.decide(task.verdicts().getLast().answers());
        }
        return record.write(out, ties);
    }

    private static EditRewardRecord.Side side(LabelledTask.Edit edit) {
        return new EditRewardRecord.Side(
                edit.model() == null ? "" : edit.model(), edit.picture().path());
    }
}
