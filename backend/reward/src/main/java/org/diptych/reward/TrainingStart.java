package org.diptych.reward;

import java.util.function.Predicate;

/** What the final fit of a training run starts from. */
public sealed interface TrainingStart {

    /** From nothing: the centres of the priors. */
    record Scratch() implements TrainingStart {
        @Override
        public String identity() {
            return "scratch";
        }
    }

    /**
     * From scratch or from an earlier model, whichever predicts held-out labels better. The earlier model itself has seen most of the
     * labels; what is validated is a sibling of it that was trained without some source images, on the labels of those.
     *
     * @param earlier the model to start from if that is better
     * @param sibling trained like it, but without the held-out groups
     * @param heldOut whether the sibling was trained without a group
     */
    record Validated(RewardModel earlier, RewardModel sibling, Predicate<String> heldOut) implements TrainingStart {
        @Override
        public String identity() {
            return "validated " + earlier.card().parametersDigest() + " "
                    + sibling.card().parametersDigest();
        }
    }

    /**
     * As another run decided.
     *
     * @param earlier the model to start from
     * @param choice of that run
     */
    record AsChosen(RewardModel earlier, StartChoice choice) implements TrainingStart {
        @Override
        public String identity() {
            return "chosen " + earlier.card().parametersDigest() + " " + choice;
        }
    }

    /** Names what a run would start from, so that another run is not taken for it. */
    String identity();

    /** Whether a model can be started from: it must read the same features and judge the same dimensions by the same levels. */
    static boolean fits(RewardModel earlier, TrainingSet set) {
        var card = earlier.card();
        return card.provenance().encoderId().equals(set.encoderId())
                && card.featureDimension() == set.layout().dimension()
                && card.dimensions().equals(set.dimensions())
                && card.levels() == set.levels();
    }
}
