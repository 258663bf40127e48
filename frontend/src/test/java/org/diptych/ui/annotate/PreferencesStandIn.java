package org.diptych.ui.annotate;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Merges changed preferences as the server does: null takes a key away, the keys of commands one by one. */
@NullUnmarked
final class PreferencesStandIn {
    private PreferencesStandIn() {}

    @SuppressWarnings("unchecked")
    static void merge(Map<String, Object> preferences, Map<String, Object> changes) {
        changes.forEach((name, value) -> {
            if (value instanceof Map<?, ?> deeper && name.equals("keys")) {
                var merged = new HashMap<>((Map<String, Object>) preferences.getOrDefault(name, Map.of()));
                merge(merged, (Map<String, Object>) deeper);
                preferences.put(name, merged);
            } else if (value == null) {
                preferences.remove(name);
            } else {
                preferences.put(name, value);
            }
        });
    }
}
