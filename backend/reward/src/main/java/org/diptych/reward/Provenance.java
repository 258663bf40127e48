package org.diptych.reward;

/**
 * Where a model comes from; no model exists without it.
 *
 * @param snapshotDigest digest of the dataset snapshot
 * @param protocolHash digest of the protocol document
 * @param codeRevision revision of the program
 * @param seed of the run
 * @param encoderId the encoder of the features
 * @param device where it was trained
 */
public record Provenance(
        String snapshotDigest, String protocolHash, String codeRevision, long seed, String encoderId, String device) {}
