package org.diptych.command;

import java.util.List;

/**
 * What a benchmark says of the answers.
 *
 * @param evaluated rows, groups or edits that could be compared with people
 */
record BenchmarkResult(int evaluated, List<BenchmarkMetric> metrics) {}
