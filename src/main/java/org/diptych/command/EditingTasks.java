package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diptych.command.BenchmarkRows.Task;
import org.diptych.command.BenchmarkRows.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * GEdit-Bench and ImgEdit-Bench: tasks for editing models, judged by nobody. Their files name tasks, not edits, so the scores
 * of one editing model's edits are given by key; what comes out rates that editing model, in the unit of the scores.
 */
final class EditingTasks implements BenchmarkReader {
    private final boolean stepwise;

    private EditingTasks(boolean stepwise) {
        this.stepwise = stepwise;
    }

    /** GEdit-Bench (stepfun-ai): {@code key, instruction, instruction_language, task_type, Intersection_exist}. */
    static EditingTasks gEdit() {
        return new EditingTasks(true);
    }

    /** ImgEdit-Bench (PKU): one object, {@code {key: {id, prompt, edit_type}}}. */
    static EditingTasks imgEdit() {
        return new EditingTasks(false);
    }

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        if (judge != null) {
            throw CommandFailure.badInput("--judge: this benchmark holds no answers of a judge.");
        }
        var tasks = new ArrayList<Task>();
        var keys = new HashSet<String>();
        for (var file : files) {
            if (!BenchmarkRecords.isJson(file)) {
                throw new MalformedFileException(file, 1, "is not JSON; the benchmark is a file of JSON records");
            }
            for (var row : BenchmarkRecords.read(file, "")) {
                if (stepwise) {
                    add(row, row.text("key"), stepwise(row, tasks.size()), tasks, keys);
                } else {
                    for (var key : row.fields().propertyNames()) {
                        add(row, key, named(row, key, tasks.size()), tasks, keys);
                    }
                }
            }
        }
        return new BenchmarkContent(
                stepwise ? "GEdit-Bench tasks" : "ImgEdit-Bench tasks",
                tasks.size(),
                new Tasks(tasks),
                new LeftOutRows(),
                List.of("No person has judged these edits: the figures rate the editing model by the scores, and say"
                        + " nothing about how good the scores are."));
    }

    private static void add(BenchmarkRecord row, String key, Task task, List<Task> tasks, Set<String> keys) {
        if (!keys.add(key)) {
            throw row.fault("key", "\"%s\" is there twice".formatted(key));
        }
        tasks.add(task);
    }

    private static Task stepwise(BenchmarkRecord row, int number) {
        row.text("instruction");
        var language = row.text("instruction_language");
        if (!language.equals("en") && !language.equals("cn")) {
            throw row.fault("instruction_language", "is \"%s\"; it must be en or cn".formatted(language));
        }
        var intersection = row.fields().get("Intersection_exist");
        if (intersection == null || !intersection.isBoolean()) {
            throw row.fault("Intersection_exist", intersection == null ? "missing" : "must be true or false");
        }
        return new Task(
                edit(row.text("key"), number),
                intersection.booleanValue() ? List.of(language, language + " intersection") : List.of(language),
                row.text("task_type"));
    }

    private static Task named(BenchmarkRecord row, String key, int number) {
        var task = row.object(key);
        for (var field : List.of("id", "prompt", "edit_type")) {
            if (!task.has(field)) {
                throw row.fault(key + "." + field, "missing");
            }
        }
        task.text("prompt");
        return new Task(edit(key, number), List.of("all"), task.text("edit_type"));
    }

    private static BenchmarkEdit edit(String key, int number) {
        return new BenchmarkEdit(List.of(new BenchmarkEdit.Place(number, 0)), key, "", null, null);
    }
}
