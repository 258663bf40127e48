package org.diptych.service.dataset;

/** What a judge is asked, where the format has words for its answer only. */
final class JudgeQuestion {
    private JudgeQuestion() {}

    static String of(String instruction) {
        return "The first image was edited after this instruction: \"" + instruction
                + "\". The second image is edit A, the third is edit B. Which edit is better? Answer A or B.";
    }
}
