package org.diptych.service.dataset;

/** How people and editing models are called in a dataset. */
public enum Names {
    /** As written. */
    WRITTEN,
    /** By a stand-in that is the same throughout one export and another one in the next. */
    PSEUDONYM,
    /** Not at all. */
    NONE
}
