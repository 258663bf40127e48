package org.diptych.service.delivery;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Map;
import java.util.Optional;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who gets the alerts of the campaigns that they lead by mail. Nobody does who has not asked for it. */
@Service
@Transactional
public class Subscriptions {
    private static final int LONGEST_ADDRESS = 254;

    private final MailSettings mail;
    private final AuditLog audit;
    private final JdbcClient jdbc;

    Subscriptions(MailSettings mail, AuditLog audit, JdbcClient jdbc) {
        this.mail = mail;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /** Whether the server can send mail. */
    public boolean possible() {
        return mail.isOn();
    }

    /** One's own subscription. */
    @Transactional(readOnly = true)
    public Optional<Subscription> of(SignedIn who) {
        return jdbc.sql("SELECT * FROM alert_subscription WHERE account_id = ?")
                .param(who.id())
                .query((row, number) -> new Subscription(
                        row.getString("address"), Subscription.Delivery.valueOf(row.getString("delivery"))))
                .optional();
    }

    /**
     * Subscribes, or changes that.
     *
     * @throws Problem {@code not_a_lead}, {@code mail_off} where the server has no mail server, {@code invalid_address}
     */
    public void put(SignedIn who, Subscription wanted) {
        if (who.role() == Role.ANNOTATOR) {
            throw Problem.forbidden("not_a_lead", "Alerts are for leads and administrators.");
        }
        if (!mail.isOn()) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "mail_off",
                    "This server sends no mail. Its administrator sets diptych.mail.host to change that.");
        }
        var address = checked(wanted.address());
        var before = of(who).orElse(null);
        jdbc.sql("""
                        INSERT INTO alert_subscription (account_id, address, delivery) VALUES (?, ?, ?)
                        ON CONFLICT (account_id) DO UPDATE SET address = EXCLUDED.address, delivery = EXCLUDED.delivery""").params(who.id(), address, wanted.delivery().name()).update();
        audit.write(
                AuditAction.ALERT_SUBSCRIPTION,
                who.id(),
                null,
                who.name(),
                before == null ? Map.of() : before,
                new Subscription(address, wanted.delivery()));
    }

    /** Ends the subscription; what waits to be sent is not sent any more. */
    public void end(SignedIn who) {
        var before = of(who).orElse(null);
        if (before == null) {
            return;
        }
        jdbc.sql("DELETE FROM alert_subscription WHERE account_id = ?")
                .param(who.id())
                .update();
        audit.write(AuditAction.ALERT_SUBSCRIPTION, who.id(), null, who.name(), before, null);
    }

    private static String checked(String address) {
        var given = address.strip();
        try {
            if (given.length() > LONGEST_ADDRESS) {
                throw new AddressException("too long");
            }
            var read = new InternetAddress(given, true);
            read.validate();
            if (!given.equals(read.getAddress()) || given.chars().anyMatch(Character::isISOControl)) {
                throw new AddressException("more than an address");
            }
            return given;
        } catch (AddressException e) {
            throw Problem.invalid(
                    "invalid_address", "address", "Give one mail address, for example maria@example.org.");
        }
    }
}
