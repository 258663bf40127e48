package org.diptych.service.quality;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How near the annotators of a campaign came to known answers, for jobs of the server. */
@Service
@Transactional(readOnly = true)
public class GoldAccuracies {
    private final AnnotatorQueries queries;

    GoldAccuracies(AnnotatorQueries queries) {
        this.queries = queries;
    }

    /** An annotator with what their answers to gold come to. */
    public record Annotator(UUID account, String name, GoldAccuracy accuracy) {}

    /** The members of a campaign who have answered gold. */
    public List<Annotator> of(UUID campaign) {
        var accounts = queries.accounts(campaign);
        return queries.gold(campaign).entrySet().stream()
                .filter(entry -> accounts.containsKey(entry.getKey()))
                .map(entry -> new Annotator(
                        entry.getKey(),
                        Objects.requireNonNull(accounts.get(entry.getKey())).displayName(),
                        entry.getValue()))
                .toList();
    }
}
