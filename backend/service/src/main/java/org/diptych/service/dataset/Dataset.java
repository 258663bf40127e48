package org.diptych.service.dataset;

import java.io.IOException;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.diptych.protocol.Protocol;
import org.diptych.service.database.Streaming;
import org.diptych.service.dataset.table.Feature;
import org.diptych.service.problem.Problem;

/** The labels that an export is made of, for the format that writes them: all of one moment. */
final class Dataset {
    private final UUID campaign;
    private final Protocol protocol;
    private final ExportOptions options;
    private final Pseudonyms names;
    private final Streaming streaming;
    private final LabelledTasks tasks;
    private final Pictures pictures;
    private final Outcomes outcomes;

    Dataset(
            UUID campaign,
            Protocol protocol,
            ExportOptions options,
            Streaming streaming,
            LabelledTasks tasks,
            Pictures pictures) {
        this.campaign = campaign;
        this.protocol = protocol;
        this.options = options;
        this.names = new Pseudonyms(options.names());
        this.streaming = streaming;
        this.tasks = tasks;
        this.pictures = pictures;
        this.outcomes = options.consensus() == ConsensusRule.MAJORITY
                ? Outcomes.ofVotes()
                : Outcomes.ofAnnotators(reader -> tasks.read(campaign, options.filter(), names, reader));
    }

    /** Where stored pictures come from. */
    interface Pictures {
        /** @throws IOException when it is not there */
        byte[] bytes(String sha256) throws IOException;
    }

    UUID campaign() {
        return campaign;
    }

    Protocol protocol() {
        return protocol;
    }

    ExportOptions options() {
        return options;
    }

    Pseudonyms names() {
        return names;
    }

    Streaming streaming() {
        return streaming;
    }

    /**
     * Hands over the tasks of one part, with what is said of them together.
     *
     * @return how many were not, because nobody won and ties are to be dropped
     */
    long tasks(String split, BiConsumer<LabelledTask, Outcome> reader) {
        long[] dropped = new long[1];
        each(split, (task, outcome) -> {
            if (options.ties() == Ties.DROP && !isDecided(task, outcome)) {
                dropped[0]++;
            } else {
                reader.accept(task, outcome);
            }
        });
        return dropped[0];
    }

    /**
     * Hands over the tasks of one part with the edit that is preferred, for formats that know winners only. Where nobody won
     * a task may come twice, once with each edit.
     *
     * @return how many were not handed over
     */
    long preferences(String split, PreferenceReader reader) {
        long[] dropped = new long[1];
        each(split, (task, outcome) -> {
            if (isDecided(task, outcome)) {
                reader.accept(task, outcome, outcome.margin() > 0);
            } else if (options.ties() == Ties.SPLIT && !task.task().isOfOnePicture()) {
                reader.accept(task, outcome, true);
                reader.accept(task, outcome, false);
            } else {
                dropped[0]++;
            }
        });
        return dropped[0];
    }

    /** Takes a task with the edit that is preferred. */
    interface PreferenceReader {
        void accept(LabelledTask task, Outcome outcome, boolean firstIsBetter);
    }

    private static boolean isDecided(LabelledTask task, Outcome outcome) {
        return outcome.decided() && !task.task().isOfOnePicture();
    }

    /** Hands over all tasks of one part, whatever becomes of ties. */
    void each(String split, BiConsumer<LabelledTask, Outcome> reader) {
        var number = new int[1];
        tasks.read(campaign, options.filter(), names, task -> {
            if (options.split().part(task.task().source()).equals(split)) {
                reader.accept(task, outcomes.of(task, number[0]));
            }
            number[0]++;
        });
    }

    /** Whether the model of the annotators was asked for and did not converge, so that votes count. */
    boolean modelFailed() {
        return options.consensus() == ConsensusRule.DAWID_SKENE && outcomes.areVotes();
    }

    /** A picture, to stand in a row. */
    Feature.Picture.Encoded encoded(LabelledTask.Picture picture) {
        return new Feature.Picture.Encoded(bytes(picture), picture.path().substring("images/".length()));
    }

    /** A stored picture's bytes. */
    byte[] bytes(LabelledTask.Picture picture) {
        try {
            return pictures.bytes(picture.sha256());
        } catch (IOException missing) {
            throw Problem.conflict(
                    "picture_missing",
                    "Nothing was exported: " + missing.getMessage()
                            + ". diptych verify names every picture that is gone; a backup has them.");
        }
    }

    /** Puts the pictures of all tasks beside the files, each once. */
    void putPictures(Archive archive) {
        var condition = options.filter().condition();
        streaming.query(
                "SELECT sha256, media_type FROM image WHERE sha256 IN (SELECT unnest(ARRAY[i.source_sha256, f.image_sha256,"
                        + " s.image_sha256]) FROM " + LabelledTasks.of("current_label", options.filter(), "")
                        + condition.text()
                        + ") ORDER BY sha256",
                row -> put(archive, new LabelledTask.Picture(row.getString(1), row.getString(2))),
                condition.after(campaign));
    }

    private void put(Archive archive, LabelledTask.Picture picture) {
        archive.picture(picture.path(), bytes(picture));
    }
}
