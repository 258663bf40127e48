package org.diptych.service.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    private static final Map<String, String> WORDS = words();

    private final ObjectNode task;
    private final @Nullable ObjectNode answer;

    /** Fields of answers that held something that looks like a verdict. */
    private final Set<String> verdicts;

    private MappingGuess(ForeignRecord record, Set<String> verdicts) {
        task = record.fields();
        answer = record.answers().isEmpty() ? null : record.answers().getFirst();
        this.verdicts = verdicts;
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        for (var first : List.of("first", "left", "leftvote", "A", "a_better", "image1", "answer1", "response_a")) {
            words.put(first, "first");
        }
        for (var second : List.of("second", "right", "rightvote", "B", "b_better", "image2", "answer2", "response_b")) {
            words.put(second, "second");
        }
        for (var tie : List.of("tie", "tievote", "equal", "same", "both_good")) {
            words.put(tie, "tie");
        }
        for (var bad : List.of("both_bad", "bothbad_vote", "neither")) {
            words.put(bad, "both_bad");
        }
        return words;
    }

    /**
     * Guesses.
     *
     * @param name of the file
     * @throws Problem {@code nothing_to_map} when the file has no rows, with what is wrong with it
     */
    public static ImportMapping of(Tool tool, String name, Path file) throws IOException {
        var found = new AtomicReference<@Nullable ForeignRecord>();
        var wrong = new AtomicReference<@Nullable ForeignProblem>();
        var verdicts = new LinkedHashSet<String>();
        new RecordReader(tool, (column, _) -> column, new RecordReader.Visitor() {
                    private int rows;

                    @Override
                    public boolean record(ForeignRecord record) {
                        var former = found.get();
                        if (former == null || former.answers().isEmpty()) {
                            found.set(record);
                        }
                        // ties may have a control of their own, which only some answers show
                        boolean more =
                                tool == Tool.LABEL_STUDIO || record.answers().isEmpty();
                        record.answers().forEach(answer -> verdicts.addAll(saying(answer)));
                        record.answers().stream()
                                .filter(ObjectNode::isEmpty)
                                .forEach(_ -> verdicts.addAll(saying(record.fields())));
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

    private ImportMapping mapping(Tool tool) {
        return switch (tool) {
            case LABEL_STUDIO -> labelStudio();
            case ARGILLA -> argilla();
            case EDITREWARD -> editReward();
            case PICK_A_PIC -> pickAPic();
            case RAPIDATA -> rapidata();
            case MMRB2 -> rewardBench();
        };
    }

    private ImportMapping labelStudio() {
        var in = task.get("data") instanceof ObjectNode ? "data." : "";
        var first = any(in, "first", "image_a", "image1", "answer1", "left");
        var given = answer == null ? task : answer;
        return new ImportMapping(
                Tool.LABEL_STUDIO.word(),
                find(in, "item", "item_id"),
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
                controls(),
                List.of(),
                Map.of(),
                WORDS,
                "created_at",
                "lead_time",
                given.has("unique_id") ? "unique_id" : given.has("annotation_id") ? "annotation_id" : "id");
    }

    /** The fields whose text looks like a verdict. */
    private static List<String> saying(ObjectNode answer) {
        return answer.properties().stream()
                .filter(field -> field.getValue().isString()
                        && WORDS.keySet().stream().anyMatch(field.getValue().stringValue()::equalsIgnoreCase))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What looked like a verdict, and the usual names of controls. */
    private List<String> controls() {
        var all = new LinkedHashSet<>(verdicts);
        all.addAll(List.of("preference", "undecided"));
        return List.copyOf(all);
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

    private ImportMapping argilla() {
        var questions = answer == null
                ? List.<String>of()
                : answer.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(key -> !key.equals("user") && !key.equals("status"))
                        .toList();
        return new ImportMapping(
                Tool.ARGILLA.word(),
                find("", "item", "item_id"),
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
                questions.contains("verdict") || questions.isEmpty() ? List.of("verdict") : questions.subList(0, 1),
                List.of(),
                Map.of(),
                WORDS,
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
                WORDS,
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

    /** The same, or the usual name. */
    private String any(String in, String... names) {
        var found = find(in, names);
        return found == null ? in + names[0] : found;
    }
}
