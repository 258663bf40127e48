package org.diptych.service.foreign;

/**
 * The chain over the imported labels of a campaign. Whoever imports writes it with the labels: imports of one campaign wait for
 * each other, as labelling could not.
 */
public final class ImportedChain {
    /** SHA-256 of all that an imported label {@code l} says, in a form that depends on neither session nor machine. */
    static final String CONTENT = """
            sha256(convert_to(jsonb_build_array(l.position, l.id, l.campaign_id, l.pair_id, l.annotator_id, l.protocol_sha256,
                l.answers, l.verdicts, l.swapped, l.active_milliseconds,
                (extract(epoch FROM l.submitted_at) * 1000000)::bigint, l.origin, l.imported_by)::text, 'UTF8'))""";

    /** What stands before the first label {@code l} of its campaign. */
    static final String BEGINNING = "sha256(convert_to('imported ' || l.campaign_id::text, 'UTF8'))";

    /** How many do not fit. */
    public static final String BROKEN = "SELECT count(*) FROM (SELECT l.position <> row_number() OVER earlier"
            + " OR l.hash <> sha256(coalesce(lag(l.hash) OVER earlier, " + BEGINNING + ") || " + CONTENT + ") AS broken"
            + " FROM imported_label l WINDOW earlier AS (PARTITION BY l.campaign_id ORDER BY l.position)) entry"
            + " WHERE broken";

    private ImportedChain() {}
}
