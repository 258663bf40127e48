package org.diptych.service.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Sends one mail at a time through the configured server. */
@Component
class Mailer {
    private static final String PATIENCE = String.valueOf(Duration.ofSeconds(10).toMillis());

    private final MailSettings settings;
    private final Clock clock;

    Mailer(MailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    boolean isOn() {
        return settings.isOn();
    }

    void send(String to, String subject, String text) throws MessagingException {
        var session = Session.getInstance(properties());
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        // a name of a campaign must not become a header
        message.setSubject(subject.replaceAll("\\p{Cntrl}", " "), "UTF-8");
        message.setText(text, "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        // nobody's holiday note need answer a server
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        try (var transport = session.getTransport()) {
            transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Properties properties() {
        var protocol = settings.security() == MailSettings.Security.TLS ? "smtps" : "smtp";
        var prefix = "mail." + protocol + ".";
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "host", Objects.requireNonNull(settings.host()));
        properties.setProperty(prefix + "connectiontimeout", PATIENCE);
        properties.setProperty(prefix + "timeout", PATIENCE);
        properties.setProperty(prefix + "writetimeout", PATIENCE);
        properties.setProperty(prefix + "auth", String.valueOf(settings.user() != null));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (settings.security() == MailSettings.Security.STARTTLS) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", "true");
        }
        return properties;
    }
}
