package org.diptych.service.campaign;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.diptych.protocol.text.Characters;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object on one line, and how its values are taken: the same for manifests and for the truth of a simulation. */
public final class JsonLine {
    private static final int LARGEST_EXPONENT = 1000;
    private static final int SNIPPET = 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLine() {}

    /** The text is not one JSON object. The message says why, in words for the person who wrote it. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String reason) {
            super(reason);
        }

        /** What is wrong and what to do. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a line.
     *
     * @throws Invalid when it is something else than one JSON object, or a key is there twice
     */
    public static ObjectNode parse(String text) throws Invalid {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Invalid(reason(text, e));
        }
        throw new Invalid("a row is one JSON object on one line, {...}");
    }

    /** Whether the text is the beginning of a JSON value that goes on in the next line. */
    static boolean isIncomplete(String text) {
        try {
            JSON.readTree(text);
            return false;
        } catch (JacksonException e) {
            return endsEarly(text, e);
        }
    }

    private static boolean endsEarly(String text, JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || (e instanceof StreamReadException
                        && place(e) >= text.stripTrailing().length());
    }

    private static int place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? 0 : (int) Math.clamp(location.getCharOffset(), 0, Integer.MAX_VALUE);
    }

    private static String reason(String text, JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return "the row is nested too deeply, or has a name or a number that is too long";
        }
        if (message.startsWith("Duplicate") && e instanceof StreamReadException duplicate) {
            return "the key \"" + nameIn(duplicate.processor()) + "\" is there twice; which value is meant?";
        }
        if (message.startsWith("Trailing token")) {
            return "more follows the object; a row is one JSON object on one line";
        }
        if (endsEarly(text, e)) {
            return "the line ends in the middle of a JSON object; a row is one whole object on one line";
        }
        int at = Math.min(place(e), text.length());
        var rest = text.substring(at).strip();
        if (rest.equals(",")) {
            return "a comma follows the object; rows have no commas between them";
        }
        return "not valid JSON at column " + (at + 1)
                + (rest.isEmpty() ? "" : ", where it says " + Characters.beginning(rest, SNIPPET));
    }

    private static @Nullable String nameIn(@Nullable JsonParser parser) {
        return parser == null ? null : parser.currentName();
    }

    /** A name: text, or a number, which programs write where they mean a name of digits. Empty for anything else. */
    public static Optional<String> name(JsonNode node) {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        return node.isNumber() && isStorable(node)
                ? Optional.of(node.decimalValue().toPlainString())
                : Optional.empty();
    }

    /** A whole number, however it is written: {@code 5}, {@code 5.0}, {@code 1e3}. Empty for anything else. */
    public static Optional<BigInteger> whole(JsonNode node) {
        if (!node.isNumber() || !isStorable(node)) {
            return Optional.empty();
        }
        var number = node.decimalValue().stripTrailingZeros();
        return number.scale() <= 0 ? Optional.of(number.toBigIntegerExact()) : Optional.empty();
    }

    /** Whether the database can hold the value: it knows no NUL and no numbers of astronomical size. */
    public static boolean isStorable(JsonNode node) {
        if (node.isString()) {
            return isStorable(node.stringValue());
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return Math.abs((long) number.scale()) <= LARGEST_EXPONENT && number.precision() <= LARGEST_EXPONENT;
        }
        return node.isObject()
                ? node.properties().stream()
                        .allMatch(entry -> isStorable(entry.getKey()) && isStorable(entry.getValue()))
                : node.valueStream().allMatch(JsonLine::isStorable);
    }

    /** The same of a text: no NUL, and no half of a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
