package org.diptych.service.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Lets Spring Security remember a sign-in in the database instead of in the memory of one process. What pages keep in the
 * session of their node is not needed to know who asks.
 */
@Component
class SignInRepository implements SecurityContextRepository {
    private final SignIns signIns;
    private final SignInCookie cookie;

    SignInRepository(SignIns signIns, SignInCookie cookie) {
        this.signIns = signIns;
        this.cookie = cookie;
    }

    /** Who is signed in in the browser that sends the request. */
    private Optional<SignedIn> who(HttpServletRequest request) {
        return cookie.read(request).flatMap(signIns::find);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // the newer method's default calls this one, once and late
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        var context = SecurityContextHolder.createEmptyContext();
        who(holder.getRequest())
                .ifPresent(who -> context.setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(who, null, who.getAuthorities())));
        return context;
    }

    /** A sign-in has a new secret every time, and ends the one that the browser had before. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        cookie.all(request).forEach(signIns::end);
        var authentication = context.getAuthentication();
        if (authentication instanceof CheckedPassword checked) {
            var secret = signIns.begin(checked.who().id(), checked.version());
            cookie.write(request, response, secret.orElseThrow(CheckedPassword::outdated));
        } else {
            cookie.clear(request, response);
        }
    }

    /**
     * The same for the interface of programs, where nobody signs in: a token is good for its request alone, and must not
     * leave a signed-in browser behind.
     */
    SecurityContextRepository forReading() {
        var all = this;
        return new SecurityContextRepository() {
            @Override
            @Deprecated
            @SuppressWarnings("deprecation") // see above
            public SecurityContext loadContext(HttpRequestResponseHolder holder) {
                return all.loadContext(holder);
            }

            @Override
            public void saveContext(
                    SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

            @Override
            public boolean containsContext(HttpServletRequest request) {
                return all.containsContext(request);
            }
        };
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return who(request).isPresent();
    }
}
