package org.diptych.service.foreign;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings the rows of each tool into one form: a task and its answers, whose values have names. */
final class Answers {
    private static final String RESPONSES = ".responses";
    private static final String USERS = ".responses.users";
    private static final String STATES = ".responses.status";

    private Answers() {}

    static ForeignRecord of(Tool tool, String file, int row, ObjectNode object) {
        return switch (tool) {
            case LABEL_STUDIO -> ofLabelStudio(file, row, object);
            case ARGILLA -> ofArgilla(file, row, object);
            case PICK_A_PIC -> ofPickAPic(file, row, object);
            case MMRB2 -> ofRewardBench(file, row, object);
            case EDITREWARD, RAPIDATA -> new ForeignRecord(file, row, object, List.of(answer()));
        };
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The smaller export (JSON_MIN) is flat: one answer a row. The other has a list; each control's value gets its name. */
    private static ForeignRecord ofLabelStudio(String file, int row, ObjectNode object) {
        if (!(object.get("annotations") instanceof ArrayNode annotations)) {
            return new ForeignRecord(file, row, object, List.of(answer()));
        }
        object.remove(List.of("annotations", "predictions"));
        var names = object.path("data").path("annotators");
        var controls = new LinkedHashSet<String>();
        var answers = new ArrayList<ObjectNode>();
        for (var annotation : annotations) {
            if (annotation instanceof ObjectNode given) {
                var answer = given.deepCopy();
                answer.remove("result");
                for (var result : given.path("result")) {
                    var control = result.path("from_name").asString("");
                    var value = chosen(result.path("value"));
                    if (!control.isEmpty() && value != null) {
                        answer.set(control, value);
                        controls.add(control);
                    }
                }
                if (names.size() == annotations.size()) {
                    answer.set("annotators", names.get(answers.size()));
                }
                answers.add(answer);
            }
        }
        if (names.size() == annotations.size() && object.get("data") instanceof ObjectNode data) {
            data.remove("annotators");
        }
        return new ForeignRecord(file, row, object, answers, controls);
    }

    /** {@code {"selected": "left"}} is {@code "left"}; of a list with one entry it is that. */
    private static @Nullable JsonNode chosen(JsonNode value) {
        for (var key : List.of("selected", "choices", "rating", "number", "text")) {
            var node = value.get(key);
            if (node != null) {
                return node.isArray() && node.size() == 1 ? node.get(0) : node;
            }
        }
        return null;
    }

    /** Every question has lists of the same length: values, users, states. */
    private static ForeignRecord ofArgilla(String file, int row, ObjectNode object) {
        var answers = new ArrayList<ObjectNode>();
        var questions = questions(object);
        for (var question : questions) {
            var values = object.path(question + RESPONSES);
            var users = object.path(question + USERS);
            var states = object.path(question + STATES);
            for (int i = 0; i < values.size(); i++) {
                var user = users.get(i);
                var answer = user == null ? answer() : ofUser(answers, user);
                if (user == null || answer.isEmpty()) {
                    answers.add(answer);
                }
                if (user != null) {
                    answer.set("user", user);
                }
                if (states.get(i) != null) {
                    answer.set("status", states.get(i));
                }
                answer.set(question, values.get(i));
            }
        }
        for (var question : questions) {
            object.remove(List.of(question + RESPONSES, question + USERS, question + STATES));
        }
        return new ForeignRecord(file, row, object, answers, new LinkedHashSet<>(questions));
    }

    private static List<String> questions(ObjectNode object) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> key.endsWith(RESPONSES))
                .map(key -> key.substring(0, key.length() - RESPONSES.length()))
                .toList();
    }

    /**
     * Why nobody can tell who answered what: tables lose what is null in a list, and what follows moves up.
     *
     * @return null where everything is in order
     */
    static @Nullable ForeignProblem fault(Tool tool, String file, int row, ObjectNode object) {
        for (var question : tool == Tool.ARGILLA ? questions(object) : List.<String>of()) {
            int answers = object.path(question + RESPONSES).size();
            for (var beside : List.of(question + USERS, question + STATES)) {
                if (object.path(beside).isArray() && object.path(beside).size() != answers) {
                    return new ForeignProblem(
                            file,
                            row,
                            beside,
                            "has another length than " + question + RESPONSES
                                    + ", so that nobody can tell who answered what");
                }
            }
        }
        return null;
    }

    /** What a user has answered to other questions so far; an empty object where nothing. */
    private static ObjectNode ofUser(List<ObjectNode> answers, JsonNode user) {
        return answers.stream()
                .filter(answer -> user.equals(answer.get("user")))
                .findFirst()
                .orElseGet(Answers::answer);
    }

    private static ForeignRecord ofPickAPic(String file, int row, ObjectNode object) {
        boolean labelled = object.path("has_label").asBoolean(true);
        return new ForeignRecord(file, row, object, labelled ? List.of(answer()) : List.of());
    }

    /** Contents are lists of {@code ["text", …]} and {@code ["image", path]}: the first of each gets a name. */
    private static ForeignRecord ofRewardBench(String file, int row, ObjectNode object) {
        name(object, "prompt_content", "prompt");
        name(object.path("response_a"), "response_content", "response");
        name(object.path("response_b"), "response_content", "response");
        return new ForeignRecord(file, row, object, List.of(answer()));
    }

    private static void name(JsonNode node, String content, String prefix) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        for (var part : object.path(content)) {
            var kind = part.path(0).asString("");
            var key = prefix + "_" + kind;
            if ((kind.equals("text") || kind.equals("image")) && !object.has(key) && part.get(1) != null) {
                object.set(key, part.get(1));
            }
        }
    }
}
