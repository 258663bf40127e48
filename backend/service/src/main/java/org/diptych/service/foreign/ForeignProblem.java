package org.diptych.service.foreign;

import org.diptych.protocol.text.Characters;

/**
 * What is wrong in a file of another tool.
 *
 * @param file its path
 * @param row of the file, from 1; 0 for the file as a whole
 * @param field as the file calls it; empty for the row as a whole
 * @param message what is wrong and what to do
 */
public record ForeignProblem(String file, int row, String field, String message) {
    private static final int LONGEST = 1_000;

    public ForeignProblem {
        file = Characters.legible(file);
        field = Characters.beginning(Characters.legible(field), LONGEST);
        message = Characters.beginning(Characters.legible(message), LONGEST);
    }
}
