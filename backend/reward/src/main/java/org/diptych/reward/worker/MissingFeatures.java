package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.reward.worker.CandidateEncoding.Candidate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The candidates of a campaign that have no features of an encoder, source by source. Every item is read once, however many
 * are missing, and a page of them is in memory.
 */
final class MissingFeatures {
    /** Neither encoded, from the pixels of today, nor set aside until later. */
    private static final String MISSING = """
            NOT EXISTS (SELECT 1 FROM candidate_feature f WHERE f.candidate_id = c.id AND f.encoder_id = :encoder
                            AND NOT f.stale)
            AND NOT EXISTS (SELECT 1 FROM candidate_set_aside a
                            WHERE a.candidate_id = c.id AND a.encoder_id = :encoder AND a.retry_at > now())""";

    private static final int ITEMS_AT_A_TIME = 256;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final UUID campaign;
    private final String encoderId;
    private String source = "";
    private UUID item = FIRST;

    MissingFeatures(JdbcClient jdbc, TransactionTemplate transactions, UUID campaign, String encoderId) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.campaign = campaign;
        this.encoderId = encoderId;
    }

    /** How many there are now. */
    int count() {
        return jdbc.sql("SELECT count(*) FROM candidate c WHERE c.campaign_id = :campaign AND " + MISSING)
                .param("campaign", campaign)
                .param("encoder", encoderId)
                .query(Integer.class)
                .single();
    }

    /**
     * The next ones; candidates of one source follow each other, so that the encoder looks at the source once.
     *
     * @return what is missing of the next items, which may be nothing; null after the last item
     */
    @Nullable
    List<Candidate> next() {
        return Objects.requireNonNull(transactions.execute(_ -> {
                    // right after an import there are no statistics yet, and the plan without the index sorts all items
                    // for
                    // each page
                    jdbc.sql("SET LOCAL enable_sort = off").update();
                    return Optional.ofNullable(page());
                }))
                .orElse(null);
    }

    private @Nullable List<Candidate> page() {
        var candidates = new ArrayList<Candidate>();
        int items = jdbc.sql("""
                        WITH page AS (
                            SELECT id, source_sha256, instruction FROM item
                            WHERE campaign_id = :campaign AND (source_sha256, id) > (:source, :item)
                            ORDER BY source_sha256, id LIMIT :items)
                        SELECT page.id AS item, page.source_sha256, page.instruction, c.id, c.image_sha256
                        FROM page LEFT JOIN candidate c ON c.item_id = page.id AND """ + " " + MISSING + """
                         ORDER BY page.source_sha256, page.id, c.ordinal""")
                .param("campaign", campaign)
                .param("encoder", encoderId)
                .param("source", source)
                .param("item", item)
                .param("items", ITEMS_AT_A_TIME)
                .query((row, number) -> {
                    source = row.getString("source_sha256");
                    item = row.getObject("item", UUID.class);
                    var candidate = row.getObject("id", UUID.class);
                    if (candidate != null) {
                        candidates.add(new Candidate(
                                candidate, source, row.getString("image_sha256"), row.getString("instruction")));
                    }
                    return item;
                })
                .list()
                .size();
        return items == 0 ? null : candidates;
    }
}
