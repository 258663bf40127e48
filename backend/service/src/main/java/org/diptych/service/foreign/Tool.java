package org.diptych.service.foreign;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;

/** Where a dataset comes from. */
public enum Tool {
    /** Tasks with their annotations, JSON as Label Studio exports it. */
    LABEL_STUDIO("label-studio"),
    /** Flat rows of Argilla 2, with the responses to a question as parallel lists. */
    ARGILLA("argilla"),
    /** EditReward-Data's table (arXiv 2509.26346). */
    EDITREWARD("editreward"),
    /** Pick-a-Pic's table (arXiv 2305.01569), with a source picture. */
    PICK_A_PIC("pick-a-pic"),
    /** Rapidata's table of votes, with a source picture. */
    RAPIDATA("rapidata"),
    /** The editing part of Multimodal RewardBench 2 (arXiv 2512.16899). */
    MMRB2("mmrb2");

    private final String word;

    Tool(String word) {
        this.word = word;
    }

    /** Its name on the command line and in exports. */
    public String word() {
        return word;
    }

    /**
     * The tool of that name.
     *
     * @throws Problem {@code unknown_tool}
     */
    public static Tool of(String word) {
        return Arrays.stream(values())
                .filter(tool -> tool.word.equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("unknown_tool", "from", "Imports are from " + words() + "."));
    }

    /** All names, as a sentence lists them. */
    public static String words() {
        return Arrays.stream(values()).map(Tool::word).collect(Collectors.joining(", "));
    }
}
