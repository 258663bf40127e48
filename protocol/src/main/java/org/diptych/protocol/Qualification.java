package org.diptych.protocol;

/**
 * What a new annotator goes through before the queue.
 *
 * @param examples number of worked examples in the document
 * @param passMark share of the qualification set that must be right, 0 to 1, see {@link AnswerScore}
 * @param tries how often one may try
 */
public record Qualification(int examples, double passMark, int tries) {
    /** Of documents that do not say. */
    static final double USUAL_PASS_MARK = 0.7;

    static final int USUAL_TRIES = 3;

    public Qualification {
        if (examples < 0 || !(passMark >= 0 && passMark <= 1) || tries < 1) {
            throw new IllegalArgumentException("a pass mark lies in 0..1 and there is at least one try");
        }
    }
}
