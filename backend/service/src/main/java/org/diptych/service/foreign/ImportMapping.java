package org.diptych.service.foreign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diptych.protocol.Comparison;
import org.diptych.service.campaign.JsonLine;
import org.diptych.service.campaign.ManifestPath;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which fields of a file of another tool are what, and what its answers mean. Fields are named as {@link Fields} finds them:
 * those of answers in the answer first, then in its task.
 *
 * @param from the tool
 * @param item id of the item, the same for all pairs of one item; null: every row is an item
 * @param instruction what the editing models were asked
 * @param source the picture that was edited
 * @param first an edit: the left one, or the one that is called the first
 * @param second the other
 * @param firstModel who made the first; null where the file does not say
 * @param secondModel who made the second
 * @param category kind of the edit, or null
 * @param picturePrefix what to take away from the beginning of every path of a picture, or null
 * @param annotator who answered; null where the file does not say
 * @param annotatorName who answered, the same for all answers, where there is no field for it
 * @param verdict fields with a verdict, of which the first that is there counts
 * @param votes the numbers of votes for the first and for the second: more votes win. None, or two
 * @param ratings by dimension, the ratings of the first and of the second, 1 to 4
 * @param values what verdicts mean: {@code first}, {@code second}, {@code first_much}, {@code second_much}, {@code tie},
 *     {@code both_bad}, or {@code skip} for no answer; whatever the case of the letters
 * @param time when it was answered, ISO 8601, or null
 * @param seconds how long it took, or null
 * @param id of the answer, or null
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImportMapping(
        String from,
        @Nullable String item,
        String instruction,
        String source,
        String first,
        String second,
        @Nullable String firstModel,
        @Nullable String secondModel,
        @Nullable String category,
        @Nullable String picturePrefix,
        @Nullable String annotator,
        @Nullable String annotatorName,
        List<String> verdict,
        List<String> votes,
        Map<String, List<String>> ratings,
        Map<String, String> values,
        @Nullable String time,
        @Nullable String seconds,
        @Nullable String id) {
    /** A value that means that nobody answered. */
    static final String SKIP = "skip";

    /** Characters of an annotator's name. */
    static final int LONGEST_NAME = 200;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @SuppressWarnings("ConstantValue") // a file may leave any of them out
    public ImportMapping {
        verdict = verdict == null ? List.of() : List.copyOf(verdict);
        votes = votes == null ? List.of() : List.copyOf(votes);
        ratings = ratings == null ? Map.of() : new LinkedHashMap<>(ratings);
        values = values == null ? Map.of() : new LinkedHashMap<>(values);
    }

    /**
     * Reads a mapping.
     *
     * @throws Problem {@code invalid_mapping} or {@code unknown_tool}
     */
    public static ImportMapping read(String json) {
        ImportMapping mapping;
        try {
            mapping = JSON.readValue(json, ImportMapping.class);
        } catch (JacksonException e) {
            throw invalid("", "The mapping cannot be read: " + e.getOriginalMessage() + ".");
        }
        if (!JsonLine.isStorable(JSON.readTree(json))) {
            throw invalid("", "The mapping has characters or numbers that cannot be stored.");
        }
        return mapping.checked();
    }

    /** As a file has it. */
    public String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    /** The tool. */
    public Tool tool() {
        return Tool.of(from);
    }

    /**
     * The tool, which somebody has named as well.
     *
     * @throws Problem {@code invalid_mapping} when the two differ
     */
    Tool requireOf(Tool named) {
        if (tool() != named) {
            throw invalid("from", "The mapping is for " + from + ", and the import is from " + named.word() + ".");
        }
        return named;
    }

    /** What a verdict means, or {@link #SKIP}; null where the mapping does not say. */
    @Nullable
    String meaning(String value) {
        for (var entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(value.strip())) {
                return entry.getValue();
            }
        }
        return null;
    }

    /**
     * Where a picture lies, as a row names it, relative to the file that it is in.
     *
     * @return empty where it lies elsewhere, or stands in the row itself
     */
    Optional<String> picturePath(String named) {
        var path = picturePrefix != null && named.startsWith(picturePrefix)
                ? named.substring(picturePrefix.length())
                : named;
        return ManifestPath.normalise(path);
    }

    /** The fields that have a place of their own in an item. */
    List<@Nullable String> ofItems() {
        var fields = new ArrayList<@Nullable String>();
        fields.add(item);
        fields.add(instruction);
        fields.add(source);
        fields.add(first);
        fields.add(second);
        fields.add(firstModel);
        fields.add(secondModel);
        fields.add(category);
        return fields;
    }

    @SuppressWarnings("ConstantValue") // a file may leave any of them out
    private ImportMapping checked() {
        if (from == null) {
            throw invalid("from", "The mapping says nothing for from. Imports are from " + Tool.words() + ".");
        }
        tool();
        var needed = new LinkedHashMap<String, @Nullable String>();
        needed.put("instruction", instruction);
        needed.put("source", source);
        needed.put("first", first);
        needed.put("second", second);
        needed.forEach((name, field) -> {
            if (field == null || field.isBlank()) {
                throw invalid(
                        name, "The mapping says nothing for " + name + ". Name the field of the file that holds it.");
            }
        });
        if (isLabelled() && annotator == null && (annotatorName == null || annotatorName.isBlank())) {
            throw invalid(
                    "annotator",
                    "The mapping says nothing for annotator. Name the field that holds who answered; where the file does"
                            + " not say it, give annotator_name.");
        }
        if (annotatorName != null && annotatorName.length() > LONGEST_NAME) {
            throw invalid("annotator_name", "annotator_name has more than " + LONGEST_NAME + " characters.");
        }
        if (!votes.isEmpty() && votes.size() != 2) {
            throw invalid("votes", "votes are two fields: those for the first edit and those for the second.");
        }
        ratings.forEach((dimension, sides) -> {
            if (sides == null || sides.size() != 2) {
                throw invalid(
                        "ratings",
                        "The ratings of " + dimension + " are two fields: of the first and the second edit.");
            }
        });
        values.forEach((value, meaning) -> {
            if (meaning == null || !(meaning.equals(SKIP) || comparison(meaning) != null)) {
                throw invalid(
                        "values",
                        "The value " + value + " cannot mean " + meaning + ". It is one of first, second, first_much,"
                                + " second_much, tie, both_bad, skip.");
            }
        });
        return this;
    }

    /** Whether there are labels to import; else there are items only. */
    boolean isLabelled() {
        return !verdict.isEmpty() || !votes.isEmpty() || !ratings.isEmpty();
    }

    /** The comparison of a word. */
    static @Nullable Comparison comparison(String word) {
        for (var comparison : Comparison.values()) {
            if (comparison.word().equals(word.toLowerCase(Locale.ROOT))) {
                return comparison;
            }
        }
        return null;
    }

    private static Problem invalid(String field, String detail) {
        return Problem.invalid("invalid_mapping", field.isEmpty() ? "mapping" : "mapping." + field, detail);
    }
}
