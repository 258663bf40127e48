package org.diptych.curation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diptych.service.dataset.table.CellKind;
import org.diptych.service.dataset.table.CellKind.Value;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table is what: as told, else by the names that published sets use (EditReward-Data, GenAI-Bench,
 * Pick-a-Pic, ShareGPT-4o-Image, EditScore, this product's own exports).
 *
 * @param instruction text, or texts of which the first is taken
 * @param source picture before
 * @param edited pictures after: a column each, or one with a list
 * @param models who made the edits, a column for each of {@code edited} or none; lists beside lists
 * @param id of the row; null: its number
 * @param category of the edit; null where there is none
 */
public record TableColumns(
        String instruction,
        String source,
        List<String> edited,
        List<String> models,
        @Nullable String id,
        @Nullable String category) {
    private static final Set<String> ROLES = Set.of("instruction", "source", "edited", "model", "id", "category");
    private static final List<String> INSTRUCTIONS = List.of(
            "instruction",
            "edit_instruction",
            "instruct_prompt",
            "input_prompt",
            "edit_prompt",
            "editing_instruction",
            "edited_prompt_list",
            "edit",
            "prompt",
            "caption",
            "text");
    private static final List<String> SOURCES = List.of(
            "source",
            "source_img",
            "source_image",
            "input_image",
            "input_img",
            "image_src",
            "src_img",
            "original_image",
            "jpg_source",
            "before",
            "image_before",
            "ref_image",
            "image");
    private static final List<List<String>> EDITED = List.of(
            List.of("left_output_image", "right_output_image"),
            List.of("left_image", "right_image"),
            List.of("jpg_0", "jpg_1"),
            List.of("image_0", "image_1"),
            List.of("image1", "image2"),
            List.of("image_1", "image_2"),
            List.of("first", "second"),
            List.of("output_image"),
            List.of("output_images"),
            List.of("edited_image"),
            List.of("edited_images"),
            List.of("edited_img"),
            List.of("edited"),
            List.of("target_image"),
            List.of("target_img"),
            List.of("output_img"),
            List.of("after"),
            List.of("image_after"),
            List.of("result"));
    private static final List<List<String>> MODELS = List.of(
            List.of("left_model", "right_model"),
            List.of("model_0", "model_1"),
            List.of("first_model", "second_model"),
            List.of("model1", "model2"),
            List.of("model_1", "model_2"),
            List.of("model"),
            List.of("models"),
            List.of("edit_model"),
            List.of("editor"));
    /** In many sets the kind of the edit, in this product's own exports a digest that tells tasks apart. */
    static final String TASK = "task";

    private static final List<String> IDS = List.of("id", "unique_key", "key", "item", "ranking_id", "uid");
    private static final List<String> CATEGORIES =
            List.of("category", "edit_category", "task_type", "edit_type", "edit_task", "type", TASK);

    public TableColumns {
        edited = List.copyOf(edited);
        models = List.copyOf(models);
    }

    /** A role has no column, or a column that is not there or holds something else. The message says which there are. */
    public static final class UnsuitableColumnsException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsuitableColumnsException(String message, Map<String, CellKind> columns) {
            super(message + " The columns are: "
                    + columns.entrySet().stream()
                            .map(column -> column.getKey() + " (" + column.getValue() + ")")
                            .reduce((one, other) -> one + ", " + other)
                            .orElse("none")
                    + ".");
        }
    }

    /**
     * Finds the columns.
     *
     * @param columns of the table
     * @param told by role; more than one only for {@code edited} and {@code model}
     */
    public static TableColumns of(Map<String, CellKind> columns, Map<String, List<String>> told)
            throws UnsuitableColumnsException {
        var finder = new Finder(columns, told);
        finder.requireSense();
        var edited = finder.pictures("edited", editedNames(columns));
        if (edited.isEmpty()) {
            throw finder.missing("edited", "an edited picture");
        }
        var source = finder
                .pictures(
                        "source",
                        SOURCES.stream()
                                .map(List::of)
                                .filter(name ->
                                        edited.stream().noneMatch(column -> column.equalsIgnoreCase(name.getFirst())))
                                .toList())
                .stream()
                .findFirst()
                .orElseThrow(() -> finder.missing("source", "the source picture"));
        var instruction = finder.one(
                        "instruction",
                        INSTRUCTIONS,
                        // old writers do not say that bytes are text
                        kind -> kind.of() == Value.TEXT
                                || (kind.of() == Value.BYTES && told.containsKey("instruction")))
                .orElseThrow(() -> finder.missing("instruction", "the instruction"));
        var models = finder.several("model", MODELS, kind -> kind.of() == Value.TEXT);
        return new TableColumns(
                instruction,
                source,
                edited,
                models.size() == edited.size() ? models : List.of(),
                finder.one("id", IDS, kind -> !kind.list() && (kind.of() == Value.TEXT || kind.of() == Value.NUMBER))
                        .orElse(null),
                finder.one(
                                "category",
                                CATEGORIES,
                                kind -> !kind.list() && (kind.of() == Value.TEXT || kind.of() == Value.NUMBER))
                        .orElse(null));
    }

    /** With the tasks as ids where they were taken for categories. */
    TableColumns withTasksAsIds() {
        return new TableColumns(instruction, source, edited, models, category, null);
    }

    /** All that have to be read. */
    List<String> all() {
        return Stream.of(Stream.of(instruction, source), edited.stream(), models.stream(), Stream.of(id, category))
                .flatMap(names -> names)
                .filter(name -> name != null)
                .toList();
    }

    @Override
    public String toString() {
        return "instruction=" + instruction + " source=" + source + " edited=" + String.join(",", edited)
                + (models.isEmpty() ? "" : " model=" + String.join(",", models))
                + (id == null ? "" : " id=" + id)
                + (category == null ? "" : " category=" + category);
    }

    /** Also candidate_1, candidate_2, … of any number. */
    private static List<List<String>> editedNames(Map<String, CellKind> columns) {
        var names = new ArrayList<>(EDITED);
        var numbered = IntStream.rangeClosed(1, 64)
                .mapToObj(number -> "candidate_" + number)
                .takeWhile(columns::containsKey)
                .toList();
        if (!numbered.isEmpty()) {
            names.addFirst(numbered);
        }
        return names;
    }

    private record Finder(Map<String, CellKind> columns, Map<String, List<String>> told) {
        static boolean isPicture(CellKind kind) {
            return isInTable(kind) || kind.of() == Value.TEXT;
        }

        private static boolean isInTable(CellKind kind) {
            return kind.of() == Value.PICTURE || kind.of() == Value.BYTES;
        }

        /** Columns with pictures before those with text, which may be paths of pictures, and may be anything. */
        List<String> pictures(String role, List<List<String>> guesses) throws UnsuitableColumnsException {
            if (told.containsKey(role)) {
                return several(role, guesses, Finder::isPicture);
            }
            var inTable = several(role, guesses, Finder::isInTable);
            return inTable.isEmpty() ? several(role, guesses, Finder::isPicture) : inTable;
        }

        void requireSense() throws UnsuitableColumnsException {
            for (var role : told.entrySet()) {
                if (!ROLES.contains(role.getKey())) {
                    throw new UnsuitableColumnsException(
                            "There is no role " + role.getKey()
                                    + "; there are instruction, source, edited, model, id and" + " category.",
                            columns);
                }
                for (var name : role.getValue()) {
                    if (!columns.containsKey(name)) {
                        throw new UnsuitableColumnsException("There is no column " + name + ".", columns);
                    }
                }
            }
        }

        Optional<String> one(String role, List<String> guesses, Predicate<CellKind> fits)
                throws UnsuitableColumnsException {
            return several(role, guesses.stream().map(List::of).toList(), fits).stream()
                    .findFirst();
        }

        List<String> several(String role, List<List<String>> guesses, Predicate<CellKind> fits)
                throws UnsuitableColumnsException {
            var given = told.getOrDefault(role, List.of());
            for (var name : given) {
                if (!fits.test(kind(name))) {
                    throw new UnsuitableColumnsException(
                            "The column " + name + " holds " + kind(name) + ", which cannot be " + role + ".", columns);
                }
            }
            if (!given.isEmpty()) {
                return given;
            }
            return guesses.stream()
                    .map(this::present)
                    .filter(names -> !names.isEmpty() && names.stream().allMatch(name -> fits.test(kind(name))))
                    .findFirst()
                    .orElse(List.of());
        }

        private CellKind kind(String name) {
            return Objects.requireNonNull(columns.get(name));
        }

        /** The columns of these names whatever their case, or none when one is missing. */
        private List<String> present(List<String> names) {
            var found = names.stream()
                    .flatMap(name -> columns.keySet().stream()
                            .filter(column -> column.toLowerCase(Locale.ROOT).equals(name))
                            .limit(1))
                    .toList();
            return found.size() == names.size() ? found : List.of();
        }

        UnsuitableColumnsException missing(String role, String what) {
            return new UnsuitableColumnsException(
                    "No column looks like " + what + "; name it with --column " + role + "=NAME.", columns);
        }
    }
}
