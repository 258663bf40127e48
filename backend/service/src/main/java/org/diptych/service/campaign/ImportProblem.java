package org.diptych.service.campaign;

import org.diptych.protocol.text.Characters;

/**
 * Why a row of a manifest was not imported. What it quotes of the row is legible, whatever the row holds: a report that
 * cannot be written would hide what was imported.
 *
 * @param line line of the manifest, from 1
 * @param field part of the row, e.g. {@code candidates[1].image}; empty for the row as a whole
 * @param message what is wrong and what to do
 */
public record ImportProblem(int line, String field, String message) {
    public ImportProblem {
        field = Characters.legible(field);
        message = Characters.legible(message);
    }
}
