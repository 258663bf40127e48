package org.diptych.service.foreign;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields of answers look like verdicts: controls and questions that held a known word. In a row that is its own answer,
 * nothing tells them from data, so that every field is looked at.
 */
final class VerdictFields {
    /** What words usually mean. */
    static final Map<String, String> WORDS = words();

    private static final Set<String> SIDES = Set.of("first", "second");

    /** By field, what its words meant. */
    private final Map<String, Set<String>> meanings = new LinkedHashMap<>();

    /** Which fields answers had beside each other. */
    private final Set<Set<String>> together = new LinkedHashSet<>();

    private final Set<String> questions = new LinkedHashSet<>();

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

    /** Looks at the answers of a row. */
    void look(ForeignRecord record) {
        questions.addAll(record.questions());
        for (var answer : record.answers()) {
            if (answer.isEmpty()) {
                look(record.fields(), record.fields().propertyNames());
            } else {
                look(answer, record.questions());
            }
        }
    }

    private void look(ObjectNode answer, Collection<String> fields) {
        var present = new LinkedHashSet<String>();
        for (var field : fields) {
            var text = Fields.text(answer.get(field));
            if (text != null && !text.isBlank()) {
                present.add(field);
                WORDS.forEach((word, meaning) -> {
                    if (word.equalsIgnoreCase(text.strip())) {
                        meanings.computeIfAbsent(field, _ -> new LinkedHashSet<>())
                                .add(meaning);
                    }
                });
            }
        }
        together.add(present);
    }

    /** The names of all controls or questions. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    /** The fields that looked like a verdict, but for those that are something else. */
    List<String> found(Collection<String> others) {
        return meanings.keySet().stream()
                .filter(field -> !others.contains(field))
                .toList();
    }

    /**
     * Whether some of these fields may be about something else than the preference: two of them were answered at once, or two
     * of them took sides. A control for ties beside one for sides is neither.
     */
    boolean isDoubtful(Collection<String> fields) {
        return together.stream()
                        .anyMatch(present ->
                                fields.stream().filter(present::contains).count() > 1)
                || fields.stream()
                                .filter(field -> meanings.getOrDefault(field, Set.of()).stream()
                                        .anyMatch(SIDES::contains))
                                .count()
                        > 1;
    }
}
