package org.diptych.service.delivery;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server that alerts are sent through.
 *
 * @param host its name; none: no mail is sent, and nobody can subscribe
 * @param port its port
 * @param security how the connection is protected
 * @param from the address that mail comes from
 * @param user whom to sign in as; none: without signing in
 * @param password the password of that user
 */
@ConfigurationProperties("diptych.mail")
record MailSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @DefaultValue("diptych@localhost") String from,
        @Nullable String user,
        @Nullable String password) {
    /** How a connection is protected. */
    enum Security {
        /** Begins in the clear and must become encrypted before anything is said. */
        STARTTLS,
        /** Encrypted from the first byte. */
        TLS,
        /** Not at all; for a relay on the same machine. */
        NONE
    }

    boolean isOn() {
        return host != null && !host.isBlank();
    }
}
