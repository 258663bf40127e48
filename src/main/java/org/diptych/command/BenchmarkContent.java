package org.diptych.command;

import java.util.List;

/**
 * A benchmark as its files have it.
 *
 * @param format which of the published formats it was recognised as
 * @param size rows of the files
 * @param leftOut rows that cannot be used, whoever answers
 * @param notes what a reader of the figures has to know of the format
 */
record BenchmarkContent(String format, int size, BenchmarkRows rows, LeftOutRows leftOut, List<String> notes) {}
