package org.diptych.service.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The webhooks of a campaign, for its leads. */
@Service
@Transactional
public class Webhooks {
    private static final int MOST_HOOKS = 10;
    private static final int MOST_LOGGED = 50;

    private final WebhookAddresses addresses;
    private final CampaignAccess access;
    private final AuditLog audit;
    private final JdbcClient jdbc;

    Webhooks(WebhookAddresses addresses, CampaignAccess access, AuditLog audit, JdbcClient jdbc) {
        this.addresses = addresses;
        this.access = access;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /** Whether the administrator allows any. */
    public boolean possible() {
        return addresses.isOn();
    }

    /** Those that there are, oldest first. */
    @Transactional(readOnly = true)
    public List<Webhook> list(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("""
                        SELECT w.id, w.url, a.display_name, w.created_at FROM webhook w JOIN account a ON a.id = w.created_by
                        WHERE w.campaign_id = ? AND w.removed_at IS NULL ORDER BY w.id""")
                .param(campaign)
                .query((row, number) -> new Webhook(
                        row.getObject("id", UUID.class),
                        row.getString("url"),
                        row.getString("display_name"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }

    /**
     * Adds one.
     *
     * @throws Problem {@code webhooks_off}, {@code invalid_url}, {@code host_not_allowed}, {@code too_many}
     */
    public Webhook.New create(SignedIn lead, UUID campaign, String url) {
        access.requireLead(lead, campaign);
        if (!addresses.isOn()) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "webhooks_off",
                    "This server calls no webhooks. Its administrator names hosts in diptych.webhooks.hosts.");
        }
        var address = addresses.checked(url).toString();
        if (list(lead, campaign).size() >= MOST_HOOKS) {
            throw Problem.conflict("too_many", "A campaign has at most " + MOST_HOOKS + " webhooks. Remove one first.");
        }
        var secret = Signature.newSecret();
        var id = jdbc.sql("""
                        INSERT INTO webhook (campaign_id, url, secret, created_by) VALUES (?, ?, ?, ?) RETURNING id""")
                .params(campaign, address, secret, lead.id())
                .query(UUID.class)
                .single();
        audit.write(AuditAction.WEBHOOK_CREATED, lead.id(), campaign, address, null, Map.of("url", address));
        return new Webhook.New(id, address, secret);
    }

    /** Removes one; its log stays. */
    public void remove(SignedIn lead, UUID campaign, UUID webhook) {
        var url = url(lead, campaign, webhook);
        jdbc.sql("UPDATE webhook SET removed_at = now() WHERE id = ?")
                .param(webhook)
                .update();
        audit.write(AuditAction.WEBHOOK_REMOVED, lead.id(), campaign, url, Map.of("url", url), null);
    }

    /** Calls one within seconds with an example. */
    public void test(SignedIn lead, UUID campaign, UUID webhook) {
        var url = url(lead, campaign, webhook);
        // one at a time: tests must not keep alerts waiting
        jdbc.sql("""
                        INSERT INTO webhook_delivery (webhook_id, body) SELECT :hook, :body WHERE NOT EXISTS (
                            SELECT 1 FROM webhook_delivery WHERE webhook_id = :hook AND alert_id IS NULL AND state = 'WAITING')""")
                .param("hook", webhook)
                .param("body", "{\"type\":\"test\",\"campaign\":\"" + campaign + "\"}")
                .update();
        audit.write(AuditAction.WEBHOOK_TESTED, lead.id(), campaign, url, null, null);
    }

    /** The latest calls, latest first. */
    @Transactional(readOnly = true)
    public List<Webhook.Delivery> deliveries(SignedIn lead, UUID campaign, UUID webhook) {
        url(lead, campaign, webhook);
        return jdbc.sql("""
                        SELECT d.*, a.kind FROM webhook_delivery d LEFT JOIN alert a ON a.id = d.alert_id
                        WHERE d.webhook_id = ? ORDER BY d.id DESC LIMIT ?""")
                .params(webhook, MOST_LOGGED)
                .query((row, number) -> {
                    var kind = row.getString("kind");
                    var state = row.getString("state");
                    return new Webhook.Delivery(
                            row.getObject("id", UUID.class),
                            kind == null ? "test" : kind.toLowerCase(Locale.ROOT),
                            state,
                            row.getInt("attempts"),
                            Columns.integer(row, "status"),
                            row.getString("error"),
                            row.getTimestamp("created_at").toInstant(),
                            state.equals("WAITING") ? Columns.instant(row, "next_at") : null);
                })
                .list();
    }

    private String url(SignedIn lead, UUID campaign, UUID webhook) {
        access.requireLead(lead, campaign);
        return jdbc.sql("SELECT url FROM webhook WHERE id = ? AND campaign_id = ? AND removed_at IS NULL")
                .params(webhook, campaign)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_webhook", "The campaign has no such webhook."));
    }
}
