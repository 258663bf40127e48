package org.diptych.service.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Guesses a mapping from the first row of a file that has an answer. What it cannot find it names as the tool usually does. */
public final class MappingGuess {
    private static final int ROWS_LOOKED_AT = 100;

    /** Whoever sets up a project of theirs names what is asked. */
    private static final Set<Tool> ASKING = EnumSet.of(Tool.LABEL_STUDIO, Tool.ARGILLA);

    /** The controls of our own configuration of Label Studio. */
    private static final List<String> OWN_CONTROLS = List.of("preference", "undecided");

    private static final Set<String> IN_EVERY_TASK =
            Set.of("id", "created_at", "updated_at", "annotation_id", "lead_time");

    private final ObjectNode task;
    private final @Nullable ObjectNode answer;

    private final VerdictFields verdicts;

    private MappingGuess(ForeignRecord record, VerdictFields verdicts) {
        task = record.fields();
        answer = record.answers().isEmpty() ? null : record.answers().getFirst();
        this.verdicts = verdicts;
    }

    /**
     * Guesses.
     *
     * @param name of the file
     * @throws Problem {@code nothing_to_map} when the file has no rows, with what is wrong with it
     */
    public static GuessedMapping of(Tool tool, String name, Path file) throws IOException {
        var found = new AtomicReference<@Nullable ForeignRecord>();
        var wrong = new AtomicReference<@Nullable ForeignProblem>();
        var verdicts = new VerdictFields();
        new RecordReader(tool, (column, _) -> column, new RecordReader.Visitor() {
                    private int rows;

                    @Override
                    public boolean record(ForeignRecord record) {
                        var former = found.get();
                        if (former == null || former.answers().isEmpty()) {
                            found.set(record);
                        }
                        // ties may have a control of their own, which only some answers show
                        boolean more = ASKING.contains(tool) || record.answers().isEmpty();
                        verdicts.look(record);
                        return more && ++rows < ROWS_LOOKED_AT;
                    }

                    @Override
                    public void problem(ForeignProblem problem) {
                        wrong.compareAndSet(null, problem);
                    }
                })
                .read(name, file);
        var record = found.get();
        if (record == null) {
            var problem = wrong.get();
            throw Problem.invalid(
                    "nothing_to_map",
                    "file",
                    name
                            + (problem == null
                                    ? " has no rows."
                                    : " has no rows that can be read: " + problem.message() + "."));
        }
        return new MappingGuess(record, verdicts).mapping(tool);
    }

    private GuessedMapping mapping(Tool tool) {
        return switch (tool) {
            case LABEL_STUDIO -> labelStudio();
            case ARGILLA -> argilla();
            case EDITREWARD -> certain(editReward());
            case PICK_A_PIC -> certain(pickAPic());
            case RAPIDATA -> certain(rapidata());
            case MMRB2 -> certain(rewardBench());
        };
    }

    private static GuessedMapping certain(ImportMapping mapping) {
        return new GuessedMapping(mapping, List.of());
    }

    private GuessedMapping labelStudio() {
        var others = new HashSet<>(IN_EVERY_TASK);
        var mapping = labelStudio(List.of());
        mapping.ofItems().forEach(field -> others.add(String.valueOf(field)));
        others.add(String.valueOf(mapping.annotator()));
        var found = verdicts.found(isFlat() ? others : Set.of());
        return new GuessedMapping(labelStudio(controls(found)), verdicts.isDoubtful(found) ? found : List.of());
    }

    /** The smaller export has one answer a row, beside the data. */
    private boolean isFlat() {
        return answer != null && answer.isEmpty();
    }

    /** What looked like a verdict, or else the usual names of controls. */
    private static List<String> controls(List<String> found) {
        if (!OWN_CONTROLS.containsAll(found)) {
            return found;
        }
        var all = new LinkedHashSet<>(found);
        all.addAll(OWN_CONTROLS);
        return List.copyOf(all);
    }

    private ImportMapping labelStudio(List<String> controls) {
        var in = task.get("data") instanceof ObjectNode ? "data." : "";
        var first = any(in, "first", "image_a", "image1", "answer1", "left");
        var given = answer == null || answer.isEmpty() ? task : answer;
        return new ImportMapping(
                Tool.LABEL_STUDIO.word(),
                // a task's own id, which it keeps from export to export
                first(find(in, "item", "item_id"), find("", "id")),
                any(in, "instruction", "prompt", "caption"),
                any(in, "source", "source_image", "image", "input_image"),
                first,
                any(in, "second", "image_b", "image2", "answer2", "right"),
                find(in, "first_model", "model_a", "model1", "left_model"),
                find(in, "second_model", "model_b", "model2", "right_model"),
                find(in, "category", "task_type"),
                prefix(first),
                given.has("annotators") ? "annotators" : given.has("annotator") ? "annotator" : "completed_by",
                null,
                controls,
                List.of(),
                Map.of(),
                VerdictFields.WORDS,
                "created_at",
                "lead_time",
                given.has("unique_id")
                        ? "unique_id"
                        // in the smaller export id is the task's
                        : given.has("annotation_id") ? "annotation_id" : isFlat() ? null : "id");
    }

    /** What Label Studio puts before the paths of files that it serves. */
    private @Nullable String prefix(String field) {
        var path = Fields.text(Fields.at(task, field));
        for (var prefix : List.of("/data/local-files/?d=", "/data/upload/")) {
            if (path != null && path.startsWith(prefix)) {
                return prefix;
            }
        }
        return null;
    }

    private GuessedMapping argilla() {
        var questions = verdicts.questions();
        if (questions.isEmpty() || questions.contains("verdict")) {
            return certain(argilla(List.of("verdict")));
        }
        var found = verdicts.found(Set.of());
        var likely = found.isEmpty() ? questions : found;
        boolean doubtful = found.isEmpty() ? questions.size() > 1 : verdicts.isDoubtful(found);
        return new GuessedMapping(argilla(likely), doubtful ? likely : List.of());
    }

    private ImportMapping argilla(List<String> verdict) {
        return new ImportMapping(
                Tool.ARGILLA.word(),
                find("", "item", "item_id", "id"),
                any("", "instruction", "prompt"),
                any("", "source", "source_image", "image"),
                any("", "first", "image_a", "image1"),
                any("", "second", "image_b", "image2"),
                find("", "first_model", "model_a", "model1"),
                find("", "second_model", "model_b", "model2"),
                find("", "category", "task_type"),
                null,
                "user",
                null,
                verdict,
                List.of(),
                Map.of(),
                VerdictFields.WORDS,
                null,
                null,
                null);
    }

    private ImportMapping editReward() {
        return new ImportMapping(
                Tool.EDITREWARD.word(),
                find("", "key"),
                "instruction",
                "source_img",
                "left_output_image",
                "right_output_image",
                "left_model",
                "right_model",
                find("", "category"),
                null,
                null,
                "unnamed",
                List.of("vote_type"),
                List.of(),
                Map.of(
                        "instruction_following",
                        List.of("left_instruction_following_score", "right_instruction_following_score"),
                        "visual_quality",
                        List.of("left_quality_aesthetic_score", "right_quality_aesthetic_score")),
                VerdictFields.WORDS,
                null,
                null,
                null);
    }

    private ImportMapping pickAPic() {
        var user = find("", "user_id");
        return new ImportMapping(
                Tool.PICK_A_PIC.word(),
                null,
                "caption",
                any("", "jpg_source", "source"),
                "jpg_0",
                "jpg_1",
                "model_0",
                "model_1",
                null,
                null,
                user,
                user == null ? "unnamed" : null,
                List.of("label_0"),
                List.of(),
                Map.of(),
                Map.of("1", "first", "0", "second", "0.5", "tie"),
                find("", "created_at"),
                null,
                find("", "ranking_id"));
    }

    private ImportMapping rapidata() {
        return new ImportMapping(
                Tool.RAPIDATA.word(),
                null,
                any("", "prompt", "instruction"),
                any("", "source_image", "source", "image", "input_image"),
                "image1",
                "image2",
                "model1",
                "model2",
                find("", "category"),
                null,
                null,
                "crowd",
                List.of(),
                List.of("votes_image1", "votes_image2"),
                Map.of(),
                Map.of(),
                null,
                null,
                null);
    }

    private ImportMapping rewardBench() {
        return new ImportMapping(
                Tool.MMRB2.word(),
                any("", "id", "pair_id"),
                "prompt_text",
                "prompt_image",
                "response_a.response_image",
                "response_b.response_image",
                any("", "response_a.model_name", "response_a.model"),
                any("", "response_b.model_name", "response_b.model"),
                find("", "prompt_source"),
                null,
                null,
                "experts",
                List.of("chosen"),
                List.of(),
                Map.of(),
                Map.of("A", "first", "B", "second"),
                null,
                null,
                null);
    }

    /** The first of these fields that the row has. */
    private @Nullable String find(String in, String... names) {
        for (var name : names) {
            JsonNode value = Fields.at(task, in + name);
            if (value != null) {
                return in + name;
            }
        }
        return null;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    /** The same, or the usual name. */
    private String any(String in, String... names) {
        var found = find(in, names);
        return found == null ? in + names[0] : found;
    }
}
