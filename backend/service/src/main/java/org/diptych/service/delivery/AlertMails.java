package org.diptych.service.delivery;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.alert.Alert;
import org.diptych.service.alert.AlertReader;
import org.diptych.service.alert.AlertWords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mails what is due: all that waits for a person in one mail. */
@Component
class AlertMails {
    private static final Logger log = LoggerFactory.getLogger(AlertMails.class);
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final int LONGEST_ERROR = 500;

    private final JdbcClient jdbc;
    private final AlertReader alerts;
    private final Mailer mailer;
    private final Clock clock;

    AlertMails(JdbcClient jdbc, AlertReader alerts, Mailer mailer, Clock clock) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.mailer = mailer;
        this.clock = clock;
    }

    private record Reader(UUID account, String address, Subscription.Delivery delivery, Locale language, ZoneId zone) {
        boolean isDue(Instant written, Instant now) {
            if (delivery == Subscription.Delivery.AT_ONCE) {
                return true;
            }
            var here = now.atZone(zone);
            var morning = here.toLocalDate().atTime(MORNING).atZone(zone);
            return written.isBefore((here.isBefore(morning) ? morning.minusDays(1) : morning).toInstant());
        }
    }

    private record Waiting(Reader reader, UUID alert, int attempts, Instant written) {}

    void sendDue() {
        if (!mailer.isOn()) {
            return;
        }
        leaveOut();
        var now = clock.instant();
        var byReader = waiting(now).stream()
                .filter(waiting -> waiting.reader().isDue(waiting.written(), now))
                .collect(Collectors.groupingBy(Waiting::reader, LinkedHashMap::new, Collectors.toList()));
        byReader.forEach(this::send);
    }

    /** What was solved before anybody was told, and what is of somebody who reads it no more. */
    private void leaveOut() {
        jdbc.sql("""
                        UPDATE alert_mail m SET done_at = now() FROM alert a
                        WHERE a.id = m.alert_id AND m.done_at IS NULL AND (a.state <> 'OPEN'
                            OR NOT EXISTS (SELECT 1 FROM alert_subscription s JOIN account c ON c.id = s.account_id
                                WHERE s.account_id = m.account_id AND NOT c.disabled)
                            OR a.campaign_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM campaign_member l
                                WHERE l.campaign_id = a.campaign_id AND l.account_id = m.account_id AND l.role = 'LEAD')
                            OR a.campaign_id IS NULL AND NOT EXISTS (SELECT 1 FROM account c
                                WHERE c.id = m.account_id AND c.role = 'ADMIN'))""").update();
    }

    private List<Waiting> waiting(Instant now) {
        return jdbc.sql("""
                        SELECT m.*, s.address, s.delivery, a.language, zone_of(a.id) AS zone
                        FROM alert_mail m JOIN alert_subscription s ON s.account_id = m.account_id
                        JOIN account a ON a.id = m.account_id
                        WHERE m.done_at IS NULL AND m.next_at <= ? ORDER BY m.account_id, m.created_at""")
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Waiting(
                        new Reader(
                                row.getObject("account_id", UUID.class),
                                row.getString("address"),
                                Subscription.Delivery.valueOf(row.getString("delivery")),
                                Locale.forLanguageTag(row.getString("language")),
                                ZoneId.of(row.getString("zone"))),
                        row.getObject("alert_id", UUID.class),
                        row.getInt("attempts"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }

    private void send(Reader reader, List<Waiting> waiting) {
        var words = new AlertWords(reader.language(), reader.zone());
        var told = waiting.stream()
                .flatMap(each -> alerts.find(each.alert()).stream())
                .toList();
        try {
            mailer.send(reader.address(), subject(words, told), text(words, told));
            waiting.forEach(each -> done(each, null));
        } catch (MessagingException e) {
            log.warn("alerts could not be mailed to account {}: {}", reader.account(), e.toString());
            waiting.forEach(each -> failed(each, e));
        }
    }

    private static String subject(AlertWords words, List<Alert> told) {
        return told.size() == 1
                ? words.say("mail.one", words.where(told.getFirst()))
                : words.say("mail.many", told.size());
    }

    private static String text(AlertWords words, List<Alert> told) {
        return told.stream()
                .map(alert -> words.where(alert) + ": " + words.cause(alert) + ".")
                .collect(Collectors.joining("\n", "", "\n\n-- \n" + words.say("mail.why") + "\n"));
    }

    private void done(Waiting mail, @Nullable String error) {
        jdbc.sql("""
                        UPDATE alert_mail SET done_at = now(), attempts = attempts + 1, error = :error
                        WHERE account_id = :account AND alert_id = :alert""")
                .param("error", error)
                .param("account", mail.reader().account())
                .param("alert", mail.alert())
                .update();
    }

    private void failed(Waiting mail, MessagingException e) {
        var error =
                e.toString().substring(0, Math.min(LONGEST_ERROR, e.toString().length()));
        var wait = Backoff.after(mail.attempts() + 1);
        if (wait.isEmpty()) {
            done(mail, error);
            return;
        }
        jdbc.sql("""
                        UPDATE alert_mail SET attempts = attempts + 1, error = ?, next_at = ?
                        WHERE account_id = ? AND alert_id = ?""")
                .params(
                        error,
                        clock.instant().plus(wait.get()).atOffset(ZoneOffset.UTC),
                        mail.reader().account(),
                        mail.alert())
                .update();
    }
}
