package org.diptych.service.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** How the hashes of a chain follow from each other. */
final class ChainLink {
    /**
     * SHA-256 of all that a label says, in a form that depends on neither session nor machine; the label is {@code l}. What it
     * holds never changes: another column is another form, and would need a column that says which form an entry has.
     */
    static final String CONTENT = """
            sha256(convert_to(jsonb_build_array(l.id, l.sequence, l.campaign_id, l.pair_id, l.annotator_id, l.assignment_id,
                l.slot, l.kind, l.protocol_sha256, l.answers, l.verdicts, l.skip_reason, l.comment, l.flagged, l.swapped,
                l.stratum, encode(float8send(l.selection_probability), 'hex'), l.acquisition_batch_id, l.fencing_token,
                l.active_milliseconds, l.first_answer_milliseconds, l.attention, l.supersedes,
                (extract(epoch FROM l.submitted_at) * 1000000)::bigint)::text, 'UTF8'))""";

    private ChainLink() {}

    /** What stands before the first entry: chains of two campaigns cannot be exchanged. */
    static byte[] beginning(UUID campaign) {
        return sha256().digest(campaign.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The hash of an entry. */
    static byte[] next(byte[] before, byte[] content) {
        var digest = sha256();
        digest.update(before);
        return digest.digest(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
