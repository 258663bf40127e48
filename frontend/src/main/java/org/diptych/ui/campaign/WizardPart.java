package org.diptych.ui.campaign;

import java.util.Optional;
import org.diptych.service.draft.DraftChoices;

/** A step on the screen. What stands in its fields stays there until it is replaced. */
interface WizardPart {
    /** The choices with those of this step; nothing where a field cannot be read, and it says so. */
    Optional<DraftChoices> chosen(DraftChoices before);

    /** Says at a field what is wrong with it; false where this step has no such field. */
    boolean complain(String field, String words);

    /** The draft as it was read again: shows what comes from the server, and leaves fields alone. */
    default void refresh(WizardState state) {}
}
