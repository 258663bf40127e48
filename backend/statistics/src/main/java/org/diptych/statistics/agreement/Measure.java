package org.diptych.statistics.agreement;

/**
 * The coefficients. All but {@link #PERCENT} and {@link #UNANIMOUS} are corrected for chance, {@code (pa - pe) / (1 -
 * pe)}, alpha in the form {@code 1 - Do / De}.
 *
 * <p>{@code pa} is the mean over the units with two ratings or more of the (weighted) share of agreeing pairs of
 * ratings. {@code π_k} is the mean over all rated units, those with one rating included, of the share of value k in the
 * unit. q is the number of values on the scale.
 */
public enum Measure {
    /** Krippendorff's alpha with {@link Level#NOMINAL} distances (Krippendorff 2011). Units with one rating are ignored. */
    ALPHA_NOMINAL,
    /** Krippendorff's alpha with {@link Level#ORDINAL} distances. */
    ALPHA_ORDINAL,
    /** Krippendorff's alpha with {@link Level#INTERVAL} distances. */
    ALPHA_INTERVAL,
    /** Krippendorff's alpha with {@link Level#RATIO} distances. */
    ALPHA_RATIO,
    /** Gwet's AC1: {@code pe = Σ π_k (1 - π_k) / (q - 1)} (Gwet 2008). Robust where one value prevails. */
    AC1,
    /** Gwet's AC2, AC1 with weights {@code 1 - |a - b| / (max - min)} (Gwet 2014). */
    AC2_LINEAR,
    /** Gwet's AC2 with weights {@code 1 - ((a - b) / (max - min))²}. */
    AC2_QUADRATIC,
    /** Gwet's AC2 with Gwet's ordinal weights, which are not Krippendorff's ordinal distances. */
    AC2_ORDINAL,
    /** Fleiss' kappa: {@code pe = Σ π_k²} (Fleiss 1971). */
    FLEISS,
    /**
     * Conger's kappa: {@code pe = Σ_k (mean_g p_gk)² - var_g(p_gk) / R}, with the value shares p_gk of each of the R
     * annotators (Conger 1980).
     */
    CONGER,
    /** Cohen's kappa of exactly two annotators, on the units both rated (Cohen 1960). */
    COHEN,
    /** Scott's pi of exactly two annotators, on the units both rated (Scott 1955). */
    SCOTT,
    /** Brennan-Prediger: {@code pe = 1 / q} (Brennan and Prediger 1981). */
    BRENNAN_PREDIGER,
    /** Share of agreeing pairs of ratings, averaged over units: {@code pa} itself. */
    PERCENT,
    /** Share of the units with two ratings or more in which all ratings are the same. */
    UNANIMOUS;

    /** Krippendorff's alpha at a level. */
    public static Measure alpha(Level level) {
        return switch (level) {
            case NOMINAL -> ALPHA_NOMINAL;
            case ORDINAL -> ALPHA_ORDINAL;
            case INTERVAL -> ALPHA_INTERVAL;
            case RATIO -> ALPHA_RATIO;
        };
    }

    /** The level that the values must support. */
    Level level() {
        return switch (this) {
            case ALPHA_ORDINAL, AC2_LINEAR, AC2_QUADRATIC, AC2_ORDINAL -> Level.ORDINAL;
            case ALPHA_INTERVAL -> Level.INTERVAL;
            case ALPHA_RATIO -> Level.RATIO;
            default -> Level.NOMINAL;
        };
    }

    /** Whether the coefficient needs to know who gave which rating. */
    boolean needsAnnotators() {
        return this == CONGER || this == COHEN || this == SCOTT;
    }
}
