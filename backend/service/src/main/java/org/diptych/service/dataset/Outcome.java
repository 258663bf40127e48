package org.diptych.service.dataset;

import org.diptych.protocol.Verdict;

/**
 * What a task is taken to be.
 *
 * @param shares probability of each verdict, in the order of {@link LabelledTask#VERDICTS}
 * @param source where they come from
 */
record Outcome(double[] shares, Source source) {
    private static final double EQUAL = 1e-9;

    /** Where an outcome comes from. */
    enum Source {
        /** The votes of the labels. */
        MAJORITY("majority"),
        /** The model of the annotators. */
        ANNOTATOR_MODEL("dawid-skene"),
        /** A person decided it. */
        ADJUDICATION("adjudicated");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** What exports call it. */
        String word() {
            return word;
        }
    }

    /** The probabilities by the votes alone. */
    static Outcome ofVotes(int[] votes) {
        return ofVotes(votes, Source.MAJORITY);
    }

    /** The probabilities by votes that come from somewhere. */
    static Outcome ofVotes(int[] votes, Source source) {
        double sum = 0;
        for (int count : votes) {
            sum += count;
        }
        var shares = new double[votes.length];
        for (int i = 0; i < votes.length; i++) {
            shares[i] = sum == 0 ? 0 : votes[i] / sum;
        }
        return new Outcome(shares, source);
    }

    /** The most likely verdict. Where the edits share the lead nobody won: a tie. */
    Verdict verdict() {
        int best = 0;
        int leading = 0;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > shares[best] + EQUAL) {
                best = i;
            }
        }
        for (double share : shares) {
            leading += share > shares[best] - EQUAL ? 1 : 0;
        }
        return leading > 1 ? Verdict.TIE : LabelledTask.VERDICTS.get(best);
    }

    /** Probability that the first edit is better, ties and "both bad" half each: the soft label of a preference. */
    double preference() {
        return shares[0] + (shares[1] + shares[2]) / 2;
    }

    /** By how much one edit is preferred: 0 for none, 1 for all; positive for the first. */
    double margin() {
        return shares[0] - shares[3];
    }

    /** By how much the preferred edit is preferred: 0 where nobody won, 1 for all. */
    double confidence() {
        return decided() ? Math.abs(margin()) : 0;
    }

    /** Whether one edit is preferred; else there is nothing to train a preference on. */
    boolean decided() {
        return Math.abs(margin()) > EQUAL && verdict() != Verdict.TIE && verdict() != Verdict.BOTH_BAD;
    }
}
