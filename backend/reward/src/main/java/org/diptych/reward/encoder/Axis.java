package org.diptych.reward.encoder;

/**
 * One way in which an edit may differ from its source, measured as a number -1..1 (0: no such change). Instructions are read as
 * directions on the same axes, which is what lets a head learn "did what was asked" once for all of them.
 */
enum Axis {
    BRIGHTER(Family.TONE),
    CONTRAST(Family.TONE),
    COLORFUL(Family.TONE),
    GREY(Family.TONE),
    WARM(Family.TONE),
    TINT_RED(Family.TONE),
    TINT_GREEN(Family.TONE),
    TINT_BLUE(Family.TONE),
    INVERTED(Family.TONE),
    HUE_TURNED(Family.TONE),
    SHARPER(Family.FOCUS),
    OUTSIDE_BLURRED(Family.FOCUS),
    CORNERS_DARK(Family.FOCUS),
    MIRRORED(Family.GEOMETRY),
    UPENDED(Family.GEOMETRY),
    ZOOMED_IN(Family.GEOMETRY),
    ZOOMED_OUT(Family.GEOMETRY),
    FRAMED(Family.LOCAL),
    STRIP_TOP(Family.LOCAL),
    STRIP_BOTTOM(Family.LOCAL),
    OBJECT(Family.LOCAL),
    SPECKS(Family.LOCAL),
    LIT(Family.LOCAL),
    SKETCHED(Family.STYLE),
    STYLIZED(Family.STYLE),
    COARSE(Family.STYLE),
    NEW_BLACK(Family.COLOR),
    NEW_WHITE(Family.COLOR),
    NEW_GREY(Family.COLOR),
    NEW_RED(Family.COLOR),
    NEW_ORANGE(Family.COLOR),
    NEW_YELLOW(Family.COLOR),
    NEW_GREEN(Family.COLOR),
    NEW_BLUE(Family.COLOR),
    NEW_PURPLE(Family.COLOR),
    NEW_PINK(Family.COLOR),
    NEW_BROWN(Family.COLOR),
    AT_LEFT(Family.PLACE),
    AT_RIGHT(Family.PLACE),
    AT_TOP(Family.PLACE),
    AT_BOTTOM(Family.PLACE),
    AT_CENTRE(Family.PLACE);

    /** Axes that belong together. */
    enum Family {
        TONE,
        FOCUS,
        GEOMETRY,
        LOCAL,
        STYLE,
        COLOR,
        PLACE
    }

    static final Axis[] ALL = values();

    private final Family family;

    Axis(Family family) {
        this.family = family;
    }

    Family family() {
        return family;
    }

    /** The axis of a new colour. */
    static Axis of(NamedColor color) {
        return ALL[NEW_BLACK.ordinal() + color.ordinal()];
    }
}
