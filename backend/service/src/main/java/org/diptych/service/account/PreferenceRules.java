package org.diptych.service.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * The preferences that there are, and what each may be. A browser acts on them blindly, so that nothing else is stored,
 * and nothing else that was stored once is given out.
 */
final class PreferenceRules {
    /** A map of its own, from command to key: each entry is a choice that changes by itself. */
    static final String KEYS = "keys";

    private static final int MOST_KEYS = 100;
    private static final int LONGEST_KEY = 32;
    private static final int MOST_MINUTES = 24 * 60;

    private static final Map<String, Rule> RULES = Map.of(
            "theme", oneOf("light", "dark", "system"),
            "sourcePosition", oneOf("middle", "left"),
            "singleKeys", switchOf(),
            "timer", switchOf(),
            "pauseAfter", new Rule("a whole number of minutes from 0 to " + MOST_MINUTES, PreferenceRules::isMinutes));

    private PreferenceRules() {}

    private record Rule(String words, Predicate<Object> allows) {}

    private static Rule oneOf(String... words) {
        return new Rule("one of " + String.join(", ", words), List.of(words)::contains);
    }

    private static Rule switchOf() {
        return new Rule("true or false", Boolean.class::isInstance);
    }

    private static boolean isMinutes(Object value) {
        return value instanceof Integer minutes && minutes >= 0 && minutes <= MOST_MINUTES;
    }

    private static boolean isCommand(String name) {
        return name.matches("[a-z][a-z0-9_]{0,39}");
    }

    private static boolean isKey(@Nullable Object value) {
        return value instanceof String key
                && !key.isBlank()
                && key.length() <= LONGEST_KEY
                && key.equals(OneLine.trimmed(key))
                && key.chars().noneMatch(Character::isISOControl);
    }

    /** What is well of preferences that were stored at some time. */
    static Map<String, Object> wellOf(Map<String, ? extends @Nullable Object> stored) {
        var well = new LinkedHashMap<String, Object>();
        stored.forEach((name, value) -> {
            var rule = RULES.get(name);
            if (rule != null && value != null && rule.allows().test(value)) {
                well.put(name, value);
            } else if (name.equals(KEYS) && value instanceof Map<?, ?> keys) {
                well.put(KEYS, wellOfKeys(keys));
            }
        });
        return well;
    }

    private static Map<String, Object> wellOfKeys(Map<?, ?> stored) {
        var well = new LinkedHashMap<String, Object>();
        stored.forEach((command, key) -> {
            if (command instanceof String name && isCommand(name) && key instanceof String && isKey(key)) {
                well.put(name, key);
            }
        });
        return well;
    }

    /**
     * The preferences after a change.
     *
     * @param changes new values; null takes a choice back
     * @throws Problem naming the field
     */
    static Map<String, Object> merged(Map<String, Object> present, Map<String, ? extends @Nullable Object> changes) {
        var merged = new LinkedHashMap<String, Object>(present);
        changes.forEach((name, value) -> {
            if (name.equals(KEYS)) {
                changeKeys(merged, value);
                return;
            }
            var rule = RULES.get(name);
            if (rule == null) {
                throw Problem.invalid(
                        "unknown_preference",
                        name,
                        "There is no preference of that name. There are keys, "
                                + String.join(
                                        ", ", RULES.keySet().stream().sorted().toList()) + ".");
            }
            if (value != null && !rule.allows().test(value)) {
                throw invalid(name, rule.words() + ", or null for the usual");
            }
            put(merged, name, value);
        });
        return merged;
    }

    private static void changeKeys(Map<String, Object> preferences, @Nullable Object changes) {
        if (changes == null) {
            preferences.remove(KEYS);
            return;
        }
        if (!(changes instanceof Map<?, ?> wanted)) {
            throw invalid(KEYS, "a JSON object from command to key, or null for the usual keys");
        }
        var keys = new LinkedHashMap<String, Object>();
        if (preferences.get(KEYS) instanceof Map<?, ?> present) {
            keys.putAll(wellOfKeys(present));
        }
        wanted.forEach((command, key) -> {
            var name = String.valueOf(command);
            var field = KEYS + "." + name;
            if (!isCommand(name)) {
                throw invalid(field, "the name of a command, e.g. skip");
            }
            if (key != null && !isKey(key)) {
                throw invalid(field, "the name of a key, e.g. KeyS, or null for the usual one");
            }
            put(keys, name, key);
        });
        if (keys.size() > MOST_KEYS) {
            throw invalid(KEYS, "at most " + MOST_KEYS + " keys");
        }
        preferences.put(KEYS, keys);
    }

    private static void put(Map<String, Object> choices, String name, @Nullable Object value) {
        if (value == null) {
            choices.remove(name);
        } else {
            choices.put(name, value);
        }
    }

    private static Problem invalid(String field, String expected) {
        return Problem.invalid("invalid_preference", field, field + " must be " + expected + ".");
    }
}
