package org.diptych.ui.acquisition;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a policy saw when it chose a pair.
 *
 * @param parts its figures
 */
record ScoreParts(List<Part> parts) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> EXPLAINED = Set.of(
            "gain",
            "information",
            "variance",
            "entropy",
            "mutualInformation",
            "logInstructionDistance",
            "key",
            "labels",
            "p_first",
            "p_tie",
            "epistemic");
    /** The figures that policies order pairs by, the most telling first. */
    private static final List<String> LEADING = List.of("gain", "mutualInformation", "entropy", "information");

    /**
     * One figure of the policy.
     *
     * @param key as the policy writes it
     * @param value as the policy saw it
     */
    record Part(String key, double value) {
        /** Its name in the reader's language; a key that nobody has explained yet is shown as it is. */
        String name() {
            return EXPLAINED.contains(key) ? translate("part." + key) : words(key);
        }
    }

    static ScoreParts of(String json) {
        var parts = new ArrayList<Part>();
        try {
            JSON.readTree(json).properties().forEach(entry -> {
                if (entry.getValue().isNumber()) {
                    parts.add(new Part(entry.getKey(), entry.getValue().asDouble()));
                }
            });
        } catch (JacksonException e) {
            return new ScoreParts(List.of());
        }
        return new ScoreParts(parts);
    }

    /** The figure that put the pair where it is. */
    Optional<Part> leading() {
        return LEADING.stream()
                .flatMap(key -> parts.stream().filter(part -> part.key().equals(key)))
                .findFirst()
                .or(() -> parts.stream().findFirst());
    }

    private static String words(String key) {
        var spaced = key.replace('_', ' ').replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
