package org.diptych.service.alert;

import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for leads and administrators: read, acknowledged, and from which bound on. */
@Service
@Transactional
public class Alerts {
    private final AlertTable table;
    private final CampaignAccess access;
    private final AuditLog audit;

    Alerts(AlertTable table, CampaignAccess access, AuditLog audit) {
        this.table = table;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The alerts of a campaign for its leads, latest first.
     *
     * @param state only those; null for all
     */
    @Transactional(readOnly = true)
    public List<Alert> list(SignedIn lead, UUID campaign, Alert.@Nullable State state) {
        access.requireLead(lead, campaign);
        return table.of(campaign, state);
    }

    /** The alerts of all campaigns that somebody leads; administrators see all, and those of the installation. */
    @Transactional(readOnly = true)
    public List<Alert> list(SignedIn reader, Alert.@Nullable State state) {
        return table.of(reader, state);
    }

    /** How many of them are open. */
    @Transactional(readOnly = true)
    public int open(SignedIn reader) {
        return table.open(reader);
    }

    /**
     * Somebody sees to an alert; it is solved when its cause is gone.
     *
     * @throws Problem {@code unknown_alert}; {@code changed_meanwhile} when it is acknowledged or solved by now
     */
    public Alert acknowledge(SignedIn lead, UUID id) {
        var alert = table.find(id).filter(found -> mayRead(lead, found)).orElseThrow(Alerts::unknown);
        if (!table.acknowledge(id, lead.id())) {
            throw Problem.conflict(
                    "changed_meanwhile",
                    "Somebody else has acknowledged this alert, or its cause is gone. Nothing was written.");
        }
        audit.write(
                AuditAction.ALERT_ACKNOWLEDGED,
                lead.id(),
                alert.campaign(),
                alert.kind().word(),
                null,
                alert.figures());
        return table.find(id).orElseThrow(Alerts::unknown);
    }

    private boolean mayRead(SignedIn reader, Alert alert) {
        return alert.campaign() == null ? reader.role() == Role.ADMIN : access.isLead(reader, alert.campaign());
    }

    private static Problem unknown() {
        return Problem.notFound("unknown_alert", "There is no such alert among those that you may read.");
    }

    /** From when on the leads of a campaign are called. */
    @Transactional(readOnly = true)
    public AlertBounds bounds(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return table.bounds(campaign);
    }

    /**
     * Changes that; what is under a new bound is found within a minute.
     *
     * @throws Problem {@code invalid_bounds}
     */
    public void change(SignedIn lead, UUID campaign, AlertBounds bounds) {
        access.requireLead(lead, campaign);
        var before = table.bounds(campaign);
        table.put(campaign, bounds.checked());
        audit.write(AuditAction.ALERT_BOUNDS, lead.id(), campaign, null, before, bounds);
    }
}
