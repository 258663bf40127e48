package org.diptych.service.campaign;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.diptych.service.figures.SharedReading;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Counts campaigns, once for everybody who asks. A campaign of ordinary size is counted as it is at this moment; of a large
 * one {@link CampaignTally} has counted beside the requests, some seconds ago. Whoever may see what is decided by those who
 * ask.
 */
@Service
public class CampaignCounts {
    private static final int MOST_KEPT = 1_000;
    /** Slots and labels that are counted in no time. */
    private static final long FEW = 20_000;

    private static final Duration RECENT = Duration.ofSeconds(2);

    private final CampaignFiguresQuery query;
    private final TalliedFigures tallied;
    private final SharedReading<UUID, CampaignFigures> figures =
            new SharedReading<>(MOST_KEPT, counted -> counted.allSlots().wanted() + counted.labels() < FEW);

    /** Nothing is counted yet. */
    public CampaignCounts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.query = new CampaignFiguresQuery(jdbc, transactions);
        this.tallied = new TalliedFigures(jdbc);
    }

    /** A campaign's figures. Must not be called while a connection of the database is held. */
    public CampaignFigures of(UUID campaign) {
        return figures.get(campaign, () -> read(campaign));
    }

    /** Many campaigns' figures. Must not be called while a connection of the database is held. */
    public Map<UUID, CampaignFigures> of(Collection<UUID> campaigns) {
        return figures.getAll(campaigns, this::read);
    }

    /** A campaign's figures as they were some seconds ago, for what is asked with every claim and every label. */
    CampaignFigures recently(UUID campaign) {
        return figures.recent(campaign, RECENT, () -> read(campaign));
    }

    private CampaignFigures read(UUID campaign) {
        return Objects.requireNonNull(read(Set.of(campaign)).get(campaign));
    }

    /** Large campaigns by their tallies, as soon as they have one; the others row by row. */
    private Map<UUID, CampaignFigures> read(Set<UUID> campaigns) {
        var large = new HashSet<UUID>();
        tallied.sizes(campaigns).forEach((campaign, size) -> {
            if (size >= FEW) {
                large.add(campaign);
            }
        });
        var others = new HashSet<>(campaigns);
        others.removeAll(large);
        var read = new HashMap<UUID, CampaignFigures>();
        if (!large.isEmpty()) {
            read.putAll(tallied.of(large));
        }
        if (!others.isEmpty()) {
            read.putAll(query.of(others));
        }
        return read;
    }
}
