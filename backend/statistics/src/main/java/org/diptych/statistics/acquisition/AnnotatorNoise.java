package org.diptych.statistics.acquisition;

import org.diptych.statistics.annotator.Consensus;
import org.diptych.statistics.annotator.ConsensusModel;
import org.diptych.statistics.annotator.Convergence;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.LabelTable;

/**
 * How far a label can be trusted, learnt from the pairs that have several: the mean reliability of the annotators under
 * the {@link ConsensusModel}, weighted by their labels.
 */
public final class AnnotatorNoise {
    /** Verdicts in a {@link LabelTable}: first 0, tie 1, second 2. */
    public static final int VERDICTS = 3;

    /** Believed while too few pairs have several labels. */
    static final double UNKNOWN = .85;
    /** Pairs with several labels that are enough to believe them instead. */
    static final int ENOUGH = 20;
    /** Neither a coin nor an oracle, so that every opinion says something and none says all. */
    private static final double LOWEST = .4;

    private static final double HIGHEST = .99;

    private final double reliability;

    private AnnotatorNoise(double reliability) {
        this.reliability = Math.clamp(reliability, LOWEST, HIGHEST);
    }

    /**
     * Learns from labels.
     *
     * @param labels one task per pair, classes as in {@link #VERDICTS}; pairs with a single label say nothing
     */
    public static AnnotatorNoise of(LabelTable labels) {
        var several = labels.filter((pair, _) -> labels.start(pair + 1) - labels.start(pair) > 1);
        int pairs = 0;
        for (int pair = 0; pair < several.tasks(); pair++) {
            pairs += several.start(pair + 1) > several.start(pair) ? 1 : 0;
        }
        if (pairs < ENOUGH) {
            return new AnnotatorNoise(UNKNOWN);
        }
        Consensus consensus = switch (new ConsensusModel().consensus(several)) {
            case Fit.Converged<Consensus>(Consensus result, Convergence _) -> result;
            case Fit.NotConverged<Consensus>(Consensus lastState, Convergence _, String _) -> lastState;
        };
        int[] counts = several.labelsPerAnnotator();
        double sum = 0;
        for (int annotator = 0; annotator < counts.length; annotator++) {
            sum += counts[annotator] * consensus.reliability(annotator).estimate();
        }
        return new AnnotatorNoise(sum / several.size());
    }

    /** Probability that a label names the pair's true verdict, of three. */
    public double reliability() {
        return reliability;
    }

    /** Whether more opinions would settle a pair. */
    public Settlement settlement() {
        return new Settlement(reliability, Settlement.CERTAINTY);
    }

    /**
     * What a label is worth. The slope by which noise flattens a label that is scored 1, ½ or 0 is {@code (3 r - 1) / 2}
     * for three verdicts; the two-sided reliability with the same slope is {@code (3 r + 1) / 4}.
     *
     * @param spread see {@link LabelInformation#spread}
     * @param graded see {@link LabelInformation#graded}
     */
    public LabelInformation information(double spread, boolean graded) {
        return new LabelInformation((3 * reliability + 1) / 4, spread, graded);
    }
}
