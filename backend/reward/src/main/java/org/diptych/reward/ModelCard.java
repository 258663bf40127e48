package org.diptych.reward;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a model's parameters: where they come from, how they were chosen, and how good they were on held-out labels.
 * Cards of earlier releases say more, and some say less; both are read.
 *
 * @param format version of this document
 * @param parametersDigest SHA-256 of the parameter file
 * @param provenance where the model comes from
 * @param settings how it was trained
 * @param dimensions ids, in order
 * @param levels number of rating levels
 * @param featureDimension length of a feature vector
 * @param members members of the ensemble
 * @param labels labels trained on
 * @param groups different source images among them
 * @param heads per dimension
 * @param overall calibration of the sum
 * @param steps optimizer steps
 * @param annotators how the annotators' labels were weighed, by number; empty in the earliest cards
 */
public record ModelCard(
        int format,
        String parametersDigest,
        Provenance provenance,
        TrainingSettings settings,
        List<String> dimensions,
        int levels,
        int featureDimension,
        int members,
        int labels,
        int groups,
        List<Head> heads,
        Calibration overall,
        int steps,
        List<Annotator> annotators) {

    /** The version written now. */
    static final int FORMAT = 1;

    public ModelCard {
        dimensions = List.copyOf(dimensions);
        heads = List.copyOf(heads);
        annotators = List.copyOf(Objects.requireNonNullElse(annotators, List.of()));
    }

    /**
     * One dimension.
     *
     * @param dimension its id
     * @param rated whether its labels are ratings, so that its values are levels
     * @param prior the prior strength that cross-validation chose
     * @param heldOutLoss its held-out negative log-likelihood, in nats per label
     * @param leftAdvantage log-odds for the left of two equal candidates, over all labels
     * @param calibration on held-out labels
     */
    public record Head(
            String dimension,
            boolean rated,
            PriorStrength prior,
            double heldOutLoss,
            double leftAdvantage,
            Calibration calibration) {}

    /**
     * One annotator, without a name: numbers are in the order of the internal ids.
     *
     * @param number from 1
     * @param labels labels in the training set
     * @param shared verdicts on questions that others answered too, by which the annotator was judged
     * @param reliability probability to agree with the consensus on those; null without any
     * @param weight what a label counts, beside 1 for an ordinary annotator
     * @param leftAdvantage the annotator's log-odds for the left of two equal candidates
     */
    public record Annotator(
            int number, int labels, int shared, @Nullable Double reliability, double weight, double leftAdvantage) {}
}
