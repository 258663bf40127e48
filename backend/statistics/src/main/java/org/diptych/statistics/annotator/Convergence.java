package org.diptych.statistics.annotator;

/**
 * How an iteration ended.
 *
 * @param iterations number of iterations done
 * @param lastChange the largest change of a parameter in the last one
 * @param tolerance the change below which it counts as converged
 * @param logLikelihood log-likelihood of the observed labels at the end, in nats, priors left out
 */
public record Convergence(int iterations, double lastChange, double tolerance, double logLikelihood) {}
