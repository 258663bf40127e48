package org.diptych.service.campaign;

/**
 * Why a row of a manifest was not imported.
 *
 * @param line line of the manifest, from 1
 * @param field part of the row, e.g. {@code candidates[1].image}; empty for the row as a whole
 * @param message what is wrong and what to do
 */
public record ImportProblem(int line, String field, String message) {}
