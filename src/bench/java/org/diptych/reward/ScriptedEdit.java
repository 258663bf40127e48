package org.diptych.reward;

import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * One instruction and the way to carry it out.
 *
 * @param concept the kind of edit, the same for all wordings and parameters
 * @param instruction in one of several wordings
 * @param source what to do to the photo first, so that there is something to remove or to recolour
 * @param edit carries the instruction out
 * @param wrong carries out something near: another colour, place or direction; the same as {@code edit} if there is none
 * @param pasted whether a drawn thing is added, which never looks quite real
 */
record ScriptedEdit(String concept, String instruction, Step source, Step edit, Step wrong, boolean pasted) {

    /** Changes a picture; at strength 1 the instruction counts as carried out, at 0 nothing happens. */
    interface Step {
        BufferedImage apply(BufferedImage image, double strength, Random random);
    }

    private static final Step NOTHING = (image, strength, random) -> image;

    static ScriptedEdit whole(String concept, String instruction, Step edit) {
        return new ScriptedEdit(concept, instruction, NOTHING, edit, edit, false);
    }

    static ScriptedEdit whole(String concept, String instruction, Step edit, Step wrong) {
        return new ScriptedEdit(concept, instruction, NOTHING, edit, wrong, false);
    }

    static ScriptedEdit added(String concept, String instruction, Step edit, Step wrong) {
        return new ScriptedEdit(concept, instruction, NOTHING, edit, wrong, true);
    }

    boolean hasWrong() {
        return edit != wrong;
    }
}
