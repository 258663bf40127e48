package org.diptych.statistics.annotator;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.diptych.statistics.agreement.Agreement;
import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.agreement.Measure;
import org.diptych.statistics.agreement.Ratings;
import org.diptych.statistics.agreement.ValueScale;
import org.diptych.statistics.evaluation.WilsonInterval;

/**
 * How often one annotator says what most of the others say. Cases on which no class leads among the others say nothing
 * and are left out.
 *
 * @param agreed cases on which the annotator gave the leading class
 * @param cases cases with a leading class
 * @param share {@code agreed / cases}; empty without cases
 * @param interval 95 % interval of the share. Cases of one group are no independent cases, so each group counts once
 * @param chanceCorrected Gwet's AC1 between the annotator and the others' leading class (AC2 with identity weights: two
 *     verdicts of which neither is between the other and a third have no distance)
 */
public record PeerAgreement(
        int agreed, int cases, Optional<Double> share, Optional<WilsonInterval> interval, Coefficient chanceCorrected) {

    /** Collects cases over a fixed set of classes. */
    public static final class Builder {
        private final int classes;
        private final Ratings.Builder ratings;
        private final Set<Object> groups = new HashSet<>();
        private int agreed;
        private int cases;

        /** Classes are 0 to {@code classes - 1}. */
        public Builder(int classes) {
            this.classes = classes;
            this.ratings = Ratings.builder(ValueScale.range(0, classes - 1));
        }

        /**
         * Adds what was said on one case.
         *
         * @param own the annotator's class
         * @param others how many of the others gave each class
         * @param group what makes cases depend on each other, such as a source image
         * @throws IllegalArgumentException when the classes are out of range
         */
        public void add(int own, int[] others, Object group) {
            if (own < 0 || own >= classes || others.length != classes) {
                throw new IllegalArgumentException("Need a class of 0 to %d and %d counts, not %d and %d counts"
                        .formatted(classes - 1, classes, own, others.length));
            }
            int leading = leading(others);
            if (leading < 0) {
                return;
            }
            ratings.add(cases, "own", own);
            ratings.add(cases, "others", leading);
            groups.add(group);
            cases++;
            agreed += own == leading ? 1 : 0;
        }

        public PeerAgreement build() {
            var chanceCorrected = Agreement.of(ratings.build()).coefficient(Measure.AC1);
            if (cases == 0) {
                return new PeerAgreement(0, 0, Optional.empty(), Optional.empty(), chanceCorrected);
            }
            double share = (double) agreed / cases;
            return new PeerAgreement(
                    agreed,
                    cases,
                    Optional.of(share),
                    Optional.of(WilsonInterval.of(share, groups.size())),
                    chanceCorrected);
        }

        /** The class with the most votes; -1 where several share them, or there are none. */
        public static int leading(int[] votes) {
            int leading = -1;
            int most = 0;
            for (int label = 0; label < votes.length; label++) {
                if (votes[label] > most) {
                    most = votes[label];
                    leading = label;
                } else if (votes[label] == most) {
                    leading = -1;
                }
            }
            return leading;
        }
    }
}
