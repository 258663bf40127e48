package org.diptych;

import java.util.Locale;

/** What a server process does. */
enum Role {
    /** The web server and the worker in one process. */
    ALL,
    /** Pages and the REST interface. */
    WEB,
    /** Training and scoring. */
    WORKER;

    /** The value of the property {@code diptych.role}, which other modules' conditions read. */
    String property() {
        return name().toLowerCase(Locale.ROOT);
    }
}
