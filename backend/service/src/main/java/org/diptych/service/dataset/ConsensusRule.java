package org.diptych.service.dataset;

/** How several answers to one task become one. */
public enum ConsensusRule {
    /** Shares of the votes; the verdict with the most. */
    MAJORITY,
    /** The posterior of the product's model of its annotators, which weighs each by what the others say. */
    DAWID_SKENE
}
