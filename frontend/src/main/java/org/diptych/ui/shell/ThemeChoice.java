package org.diptych.ui.shell;

import com.vaadin.flow.component.page.ColorScheme;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Light, dark, or as the machine says. */
public enum ThemeChoice {
    SYSTEM(ColorScheme.Value.LIGHT_DARK),
    LIGHT(ColorScheme.Value.LIGHT),
    DARK(ColorScheme.Value.DARK);

    private final ColorScheme.Value scheme;

    ThemeChoice(ColorScheme.Value scheme) {
        this.scheme = scheme;
    }

    static ThemeChoice of(@Nullable Object word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElse(SYSTEM);
    }

    /** How the account's preferences write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the browser is told. */
    public ColorScheme.Value scheme() {
        return scheme;
    }
}
