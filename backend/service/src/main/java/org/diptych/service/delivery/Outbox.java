package org.diptych.service.delivery;

import java.util.LinkedHashMap;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.AlertRaised;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what is to be sent of an alert, in the transaction that raises it: it is sent if it was raised, and once. */
@Component
class Outbox {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Outbox(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @EventListener
    void write(AlertRaised raised) {
        var alert = raised.alert();
        jdbc.sql("""
                        INSERT INTO alert_mail (account_id, alert_id)
                        SELECT s.account_id, :alert FROM alert_subscription s JOIN account a ON a.id = s.account_id
                        WHERE NOT a.disabled AND CASE WHEN :campaign::uuid IS NULL THEN a.role = 'ADMIN' ELSE EXISTS (
                            SELECT 1 FROM campaign_member m WHERE m.campaign_id = :campaign
                                AND m.account_id = s.account_id AND m.role = 'LEAD') END""")
                .param("alert", alert.id())
                .param("campaign", alert.campaign())
                .update();
        if (alert.campaign() != null) {
            jdbc.sql("""
                            INSERT INTO webhook_delivery (webhook_id, alert_id, body)
                            SELECT id, :alert, :body FROM webhook WHERE campaign_id = :campaign AND removed_at IS NULL""")
                    .param("alert", alert.id())
                    .param("body", body(alert))
                    .param("campaign", alert.campaign())
                    .update();
        }
    }

    private String body(Alert alert) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "alert.raised");
        body.put("alert", alert.id());
        body.put("kind", alert.kind().word());
        body.put("campaign", String.valueOf(alert.campaign()));
        body.put("campaignName", String.valueOf(alert.campaignName()));
        body.put("subject", alert.subject());
        body.put("figures", alert.figures());
        body.put("since", alert.since().toString());
        return json.writeValueAsString(body);
    }
}
