package org.diptych.command;

import org.diptych.statistics.evaluation.Measure;

/** One number an edit, higher for better, whoever computed it. */
interface EditScores {
    /** The score of an edit, or why it has none. */
    Measure of(BenchmarkEdit edit);
}
