package org.diptych.service.campaign;

import java.util.Locale;

/** What a known answer is for. */
public enum KnownUse {
    /** Asked of new annotators, before the queue. */
    QUALIFICATION(Stratum.TRAINING),
    /** Mixed into the queue, to check those who work in it. */
    GOLD(Stratum.GOLD);

    private final Stratum stratum;

    KnownUse(Stratum stratum) {
        this.stratum = stratum;
    }

    /** The stratum of pairs that are in the campaign for this alone. */
    Stratum stratum() {
        return stratum;
    }

    /** The name in manifests and answers: {@code qualification}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
