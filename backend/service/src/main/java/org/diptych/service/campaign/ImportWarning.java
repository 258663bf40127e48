package org.diptych.service.campaign;

import java.util.List;

/**
 * What is odd about a row that was imported nevertheless, and probably a mistake.
 *
 * @param line line of the manifest, from 1
 * @param field part of the row, e.g. {@code candidates[1].image}
 * @param code what is odd
 * @param about what the message speaks of: another field of the row, a line, or an item
 * @param message the same in English, and what follows from it
 */
public record ImportWarning(int line, String field, Code code, List<String> about, String message) {
    public ImportWarning {
        about = List.copyOf(about);
    }

    /** The kinds of oddities. */
    public enum Code {
        /** Two candidates of an item are the same picture, in whatever format. */
        SAME_PICTURE,
        /** A candidate is the source unchanged. */
        EDIT_IS_SOURCE,
        /** Two candidates of an item are by the same model. */
        SAME_MODEL,
        /** Another row has the same instruction, source and candidates. */
        SAME_TASK_AS_LINE,
        /** An item of the campaign has the same instruction, source and candidates. */
        SAME_TASK_AS_ITEM
    }

    static ImportWarning samePicture(int line, String field, String other) {
        return new ImportWarning(
                line,
                field,
                Code.SAME_PICTURE,
                List.of(other),
                "is the same picture as " + other + "; annotators are not asked to compare the two");
    }

    static ImportWarning editIsSource(int line, String field) {
        return new ImportWarning(
                line, field, Code.EDIT_IS_SOURCE, List.of(), "is the source picture, unchanged; is it meant to be?");
    }

    static ImportWarning sameModel(int line, String field, String other) {
        return new ImportWarning(
                line,
                field,
                Code.SAME_MODEL,
                List.of(other),
                "is the same model as " + other + "; comparisons within a model tell nothing about models");
    }

    static ImportWarning sameTaskAsLine(int line, int other) {
        return new ImportWarning(
                line,
                "id",
                Code.SAME_TASK_AS_LINE,
                List.of(Integer.toString(other)),
                "has the same instruction, source and candidates as line " + other
                        + "; its pairs are labelled twice, with answers that may differ");
    }

    static ImportWarning sameTaskAsItem(int line, String item) {
        return new ImportWarning(
                line,
                "id",
                Code.SAME_TASK_AS_ITEM,
                List.of(item),
                "has the same instruction, source and candidates as item " + item
                        + " of the campaign; its pairs are labelled twice, with answers that may differ");
    }

    /** The same as a reason to reject the row. */
    ImportProblem asProblem() {
        return new ImportProblem(line, field, message);
    }
}
