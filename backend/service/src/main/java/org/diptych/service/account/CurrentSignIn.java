package org.diptych.service.account;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The sign-in of the browser whose request is being served. */
@Component
class CurrentSignIn {
    private final SignInCookie cookie;

    CurrentSignIn(SignInCookie cookie) {
        this.cookie = cookie;
    }

    /** Its secret; none where a token or no request at all is behind what happens. */
    Optional<String> secret() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? cookie.read(attributes.getRequest())
                : Optional.empty();
    }
}
