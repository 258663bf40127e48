package org.diptych.service.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.diptych.protocol.text.Characters;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks through a JSON text, before anything is made of it, and refuses what no request may hold, however deep it lies:
 * texts and names with characters that cannot be stored, numbers without end, a name twice in one object, anything after
 * the document.
 */
final class JsonCheck {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DEEPEST = 64;

    private final JsonParser parser;
    /** The names seen in each open object; an empty set for an open list. */
    private final Deque<Set<String>> open = new ArrayDeque<>();

    private JsonCheck(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @param body JSON in UTF-8, UTF-16 or UTF-32; nothing at all is left to others
     * @throws Problem {@code malformed_json}, {@code invalid_text}, {@code invalid_number} or {@code repeated_field}
     */
    static void require(byte[] body) {
        try (var parser = JSON.createParser(body)) {
            new JsonCheck(parser).walk();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** What is said of a text that is no JSON, in words that do not depend on its reader. */
    static Problem malformed(JacksonException e) {
        var what = e instanceof StreamConstraintsException
                ? "The body holds a number or a name that is too long, near "
                : "The body is not valid JSON in UTF-8 from ";
        return Problem.malformed("malformed_json", what + place(e.getLocation()) + " on.");
    }

    private void walk() {
        boolean complete = false;
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (complete) {
                throw Problem.malformed(
                        "malformed_json",
                        "The body goes on after the end of its JSON document, at "
                                + place(parser.currentTokenLocation()) + ". Send one document.");
            }
            check(token);
            complete = open.isEmpty();
        }
    }

    private void check(JsonToken token) {
        switch (token) {
            case START_OBJECT -> enter(new HashSet<>());
            case START_ARRAY -> enter(Set.of());
            case END_OBJECT, END_ARRAY -> open.pop();
            case PROPERTY_NAME -> name(parser.currentName());
            case VALUE_STRING ->
                Characters.fault(parser.getString()).ifPresent(fault -> {
                    var field = field(parser.streamReadContext());
                    throw Problem.invalid("invalid_text", field, field + " " + fault + ". Leave it out.");
                });
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (!Double.isFinite(Double.parseDouble(parser.getString()))) {
                    var field = field(parser.streamReadContext());
                    throw Problem.invalid(
                            "invalid_number", field, field + " is a number beyond 1.8e308: no number that is kept.");
                }
            }
            default -> {
                // true, false and null are always well
            }
        }
    }

    private void enter(Set<String> names) {
        if (open.size() == DEEPEST) {
            throw Problem.malformed(
                    "malformed_json",
                    "The body is nested deeper than " + DEEPEST + " levels at " + place(parser.currentTokenLocation())
                            + ".");
        }
        open.push(names);
    }

    private void name(String name) {
        var field = field(parser.streamReadContext());
        Characters.fault(name).ifPresent(fault -> {
            throw Problem.invalid("invalid_text", field, "The name " + field + " " + fault + ". Leave it out.");
        });
        if (!open.element().add(name)) {
            throw Problem.invalid("repeated_field", field, field + " is there twice. Send it once.");
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null
                ? "line 1, column 1"
                : "line " + Math.max(1, location.getLineNr()) + ", column " + Math.max(1, location.getColumnNr());
    }

    private static String field(TokenStreamContext place) {
        var path = new FieldPath();
        var within = new ArrayDeque<TokenStreamContext>();
        for (var each = place; each != null && !each.inRoot(); each = each.getParent()) {
            within.push(each);
        }
        for (var each : within) {
            if (each.inArray()) {
                path.element(each.getCurrentIndex());
            } else if (each.currentName() != null) {
                path.name(each.currentName());
            }
        }
        return path.toString();
    }
}
