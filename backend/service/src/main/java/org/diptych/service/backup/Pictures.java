package org.diptych.service.backup;

/** What a backup holds of pictures and models. */
public enum Pictures {
    /** The files themselves. */
    INCLUDED,
    /** Their names and digests alone: the files are kept by other means. */
    REFERENCED
}
