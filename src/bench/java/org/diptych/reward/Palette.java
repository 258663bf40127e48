package org.diptych.reward;

import java.awt.Color;
import java.util.Locale;

/** Colours that an instruction names. */
enum Palette {
    RED(220, 30, 30),
    GREEN(40, 160, 60),
    BLUE(40, 80, 210),
    PURPLE(130, 40, 190),
    ORANGE(245, 140, 20),
    YELLOW(250, 215, 40),
    WHITE(250, 250, 250),
    BLACK(10, 10, 10),
    PINK(250, 120, 180);

    private final Color color;

    Palette(int red, int green, int blue) {
        color = new Color(red, green, blue);
    }

    Color color() {
        return color;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
