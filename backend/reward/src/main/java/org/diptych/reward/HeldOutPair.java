package org.diptych.reward;

import org.diptych.protocol.Verdict;

/**
 * One label on one dimension, with the prediction of a head that had not seen its item.
 *
 * @param gap difference of mu, shrunk by the candidates' uncertainty
 * @param firstValue, secondValue contribution of each candidate to the overall score
 * @param verdict what was said, or what the ratings imply
 * @param difference by how much the first was called better: levels, or 1, 0, -1
 * @param weight of the label; 0 if it does not answer this dimension
 */
record HeldOutPair(
        double gap, double firstValue, double secondValue, Verdict verdict, double difference, double weight) {}
