package org.diptych.service.alert;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.diptych.service.health.CampaignHealths;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks after all campaigns once, for a job that one node at a time has. */
@Service
public class AlertWatch {
    private static final Logger log = LoggerFactory.getLogger(AlertWatch.class);

    private final CampaignHealths healths;
    private final Detectors detectors;
    private final DataDisk disk;
    private final AlertTable table;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    AlertWatch(
            CampaignHealths healths,
            Detectors detectors,
            DataDisk disk,
            AlertTable table,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.healths = healths;
        this.detectors = detectors;
        this.disk = disk;
        this.table = table;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Reads how campaigns stand where something has changed, raises what has a cause, and ends what has none any more.
     *
     * @param stopping asked between two campaigns
     */
    public void look(BooleanSupplier stopping) {
        for (var campaign : healths.watched()) {
            if (stopping.getAsBoolean()) {
                return;
            }
            try {
                var health = healths.refreshed(campaign);
                if (!campaign.closed()) {
                    reconcile(
                            campaign.id(),
                            detectors.of(campaign.id(), campaign.open(), health, table.bounds(campaign.id())));
                }
            } catch (RuntimeException e) {
                // the others are looked after all the same
                log.error("campaign {}: how it stands is unknown", campaign.id(), e);
            }
        }
        // nobody works there any more, but who appealed or objected is still to be answered
        for (var closed : detectors.closedButOwing()) {
            reconcile(closed, detectors.owed(closed));
        }
        reconcile(null, disk.findings());
        transaction.executeWithoutResult(_ -> table.endUnwatched());
    }

    private void reconcile(@Nullable UUID campaign, List<Finding> findings) {
        transaction.executeWithoutResult(_ -> table.reconcile(campaign, findings).stream()
                .flatMap(id -> table.find(id).stream())
                .forEach(alert -> events.publishEvent(new AlertRaised(alert))));
    }
}
