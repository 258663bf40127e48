package org.diptych.service.account;

import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;

/**
 * Somebody whose password was right a moment ago. To check one takes a while, and the account may have got another one
 * meanwhile: whatever is to outlive the request is made only while the account is as it was checked.
 */
final class CheckedPassword extends UsernamePasswordAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final SignedIn who;
    private final long version;

    /** @param version of the account whose password was compared */
    CheckedPassword(SignedIn who, long version) {
        super(who, null, who.getAuthorities());
        this.who = who;
        this.version = version;
    }

    SignedIn who() {
        return who;
    }

    long version() {
        return version;
    }

    /** The account has changed since: who still knows its password signs in again. */
    static AuthenticationException outdated() {
        return new CredentialsExpiredException("the account was changed while its password was checked");
    }
}
