package org.diptych.service.account;

import java.time.Duration;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks a name and password, as fast as {@link SignInTries} allows. The session that follows holds who it is, never the hash. */
@Component
class PasswordSignIn implements AuthenticationProvider {
    private final Accounts accounts;
    private final PasswordEncoder passwordEncoder;
    private final AuditLog audit;
    private final SignInTries tries;
    /** Compared for unknown names, so that the time taken does not tell which names exist. */
    private final String hashOfNothing;

    PasswordSignIn(Accounts accounts, PasswordEncoder passwordEncoder, AuditLog audit, SignInTries tries) {
        this.accounts = accounts;
        this.passwordEncoder = passwordEncoder;
        this.audit = audit;
        this.tries = tries;
        this.hashOfNothing = String.valueOf(passwordEncoder.encode("no such account"));
    }

    @Override
    public Authentication authenticate(Authentication request) {
        var password = String.valueOf(request.getCredentials());
        var begun = tries.begin(request.getName(), address(request));
        var account =
                AccountName.of(request.getName()).flatMap(accounts::findByName).orElse(null);
        var hash = account == null ? null : account.passwordHash();
        boolean right = matches(password, hash == null ? hashOfNothing : hash);
        if (!right || hash == null || account == null || account.disabled()) {
            // a name that nobody has may be a password in the wrong field: it is not kept
            audit.writeAlone(
                    AuditAction.SIGNIN_REFUSED,
                    null,
                    account == null ? null : account.signedIn().name());
            throw new BadCredentialsException("wrong name or password");
        }
        begun.right();
        var who = account.signedIn();
        if (passwordEncoder.upgradeEncoding(hash)) {
            accounts.rehash(who.id(), hash, String.valueOf(passwordEncoder.encode(password)));
        }
        audit.writeAlone(AuditAction.SIGNIN_ACCEPTED, who.id(), who.name());
        return new CheckedPassword(who, account.version());
    }

    private boolean matches(String password, String hash) {
        try {
            return passwordEncoder.matches(password, hash);
        } catch (Problem busy) {
            throw new TryLater(busy.after().orElse(Duration.ofSeconds(1)));
        }
    }

    private static String address(Authentication request) {
        return request.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return authentication != null && UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
