package org.diptych.service.campaign;

/** What becomes of an answer whose lease was lost and whose pair needs no more labels. */
public enum LateLabels {
    /** It is kept beside the wanted ones. */
    EXTRA,
    /** It is refused. */
    REFUSE
}
