package org.diptych.ui.annotate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;

/**
 * The training part of the annotation interface, from memory: guideline, examples, qualification set, feedback on gold.
 * What is right is a left rating of 4 and a right one of 2, or "left" in a comparison.
 */
@NullUnmarked
final class TrainingStandIn {
    private static final double PASS_MARK = 0.7;

    private final Function<String, Map<String, Object>> image;
    private final TreeSet<Integer> examplesAnswered = new TreeSet<>();
    private final List<Map<String, Object>> exampleAnswers = new ArrayList<>();
    private final List<Boolean> given = new ArrayList<>();
    private final List<String> questionIds = new ArrayList<>();
    private Map<String, Object> feedback = Map.of();
    private boolean newcomer;
    private boolean confirmed;
    private boolean passed;
    private int examples;
    private int questions;
    private int tries;
    private int attempts;

    /**
     * @param image describes a picture by its digest
     */
    TrainingStandIn(Function<String, Map<String, Object>> image) {
        this.image = image;
    }

    /** The annotator is new; the protocol has so many examples and the campaign so large a qualification set. */
    synchronized void newcomer(int numberOfExamples, int size) {
        newcomer = true;
        examples = numberOfExamples;
        questions = size;
        tries = 1;
    }

    /** A lead gives another try. */
    synchronized void grantTry() {
        tries++;
    }

    /** The campaign tells known answers after submit, and every pair is gold. */
    synchronized void tell(Map<String, Object> told) {
        feedback = Map.of("feedback", told);
    }

    synchronized Map<String, Object> feedback() {
        return feedback;
    }

    synchronized List<Map<String, Object>> exampleAnswers() {
        return List.copyOf(exampleAnswers);
    }

    synchronized boolean confirmed() {
        return confirmed;
    }

    /** The guideline is a newcomer's to confirm here; what changes later is confirmed elsewhere. */
    synchronized boolean serves(String path) {
        return path.matches(".*/(qualification|examples/\\d+|attempts|questions/.*)")
                || (newcomer && !confirmed && path.endsWith("/guideline-confirmations"));
    }

    synchronized Map<String, Object> answer(String method, String[] parts, Map<String, Object> sent) {
        var last = parts[parts.length - 1];
        if (last.equals("qualification")) {
            return standing();
        } else if (last.equals("guideline-confirmations")) {
            confirmed = true;
            return Map.of();
        } else if (last.equals("attempts")) {
            if (questionIds.isEmpty()) {
                for (int i = 0; i < questions; i++) {
                    questionIds.add(UUID.randomUUID().toString());
                }
            }
            return attempt();
        } else if (parts[parts.length - 2].equals("examples")) {
            exampleAnswers.add(sent);
            examplesAnswered.add(Integer.valueOf(last));
            return standing();
        }
        given.add(isRight((Map<?, ?>) sent.get("answers")));
        return attempt();
    }

    private static boolean isRight(Map<?, ?> answers) {
        return answers.values().stream()
                .allMatch(answer -> answer.equals("left") || answer.equals(Map.of("left", 4, "right", 2)));
    }

    private Map<String, Object> standing() {
        var standing = new HashMap<String, Object>();
        standing.put("step", step());
        standing.put("barred", questions > 0 && !step().equals("qualified"));
        standing.put("examples", examples);
        standing.put("answeredExamples", examplesAnswered);
        standing.put("questions", questions);
        standing.put("passMark", PASS_MARK);
        standing.put("tries", tries);
        standing.put("triesLeft", tries - attempts);
        standing.put("finishedAttempts", attempts);
        standing.put("underway", questionIds.isEmpty() ? null : Map.of("answered", given.size(), "total", questions));
        return standing;
    }

    private String step() {
        if (!newcomer || passed) {
            return "qualified";
        } else if (!confirmed) {
            return "guideline";
        } else if (examplesAnswered.size() < examples) {
            return "examples";
        } else if (questions == 0) {
            return "qualified";
        }
        return attempts < tries ? "test" : "failed";
    }

    private Map<String, Object> attempt() {
        var attempt = new HashMap<String, Object>();
        attempt.put("id", "attempt");
        attempt.put("number", attempts + 1);
        attempt.put("answered", given.size());
        attempt.put("total", questions);
        attempt.put("next", given.size() < questions ? question(given.size()) : null);
        attempt.put("result", null);
        if (given.size() == questions) {
            double score = (double) given.stream().filter(right -> right).count() / questions;
            passed = score >= PASS_MARK;
            attempts++;
            given.clear();
            questionIds.clear();
            attempt.put(
                    "result",
                    Map.of(
                            "score", score,
                            "passMark", PASS_MARK,
                            "passed", passed,
                            "dimensions", Map.of("instruction_following", score, "visual_quality", score)));
        }
        return attempt;
    }

    private Map<String, Object> question(int place) {
        return Map.of(
                "id",
                questionIds.get(place),
                "instruction",
                "Question " + place + ".",
                "category",
                "Addition",
                "source",
                image.apply("q" + place + "-source"),
                "left",
                image.apply("q" + place + "-left"),
                "right",
                image.apply("q" + place + "-right"));
    }
}
