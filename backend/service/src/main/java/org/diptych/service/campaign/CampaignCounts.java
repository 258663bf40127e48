package org.diptych.service.campaign;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.figures.SharedReading;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Counts campaigns, once for everybody who asks. A campaign of ordinary size is counted as it is at this moment; a large one
 * as it was some seconds ago, beside the requests. Whoever may see what is decided by those who ask.
 */
@Service
public class CampaignCounts {
    private static final int MOST_KEPT = 1_000;
    /** Slots and labels that are counted in no time. */
    private static final long FEW = 20_000;

    private static final Duration RECENT = Duration.ofSeconds(2);

    private final CampaignFiguresQuery query;
    private final SharedReading<UUID, CampaignFigures> figures =
            new SharedReading<>(MOST_KEPT, counted -> counted.allSlots().wanted() + counted.labels() < FEW);

    /** Nothing is counted yet. */
    public CampaignCounts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.query = new CampaignFiguresQuery(jdbc, transactions);
    }

    /** A campaign's figures. Must not be called while a connection of the database is held. */
    public CampaignFigures of(UUID campaign) {
        return figures.get(campaign, () -> read(campaign));
    }

    /** Many campaigns' figures. Must not be called while a connection of the database is held. */
    public Map<UUID, CampaignFigures> of(Collection<UUID> campaigns) {
        return figures.getAll(campaigns, query::of);
    }

    /** A campaign's figures as they were some seconds ago, for what is asked with every claim and every label. */
    CampaignFigures recently(UUID campaign) {
        return figures.recent(campaign, RECENT, () -> read(campaign));
    }

    private CampaignFigures read(UUID campaign) {
        return Objects.requireNonNull(query.of(Set.of(campaign)).get(campaign));
    }
}
