package org.diptych.ui.shell;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.diptych.service.account.TryLater;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

/** Shows the sign-in page again, with why nobody is signed in: something was wrong, or it was tried too often. */
final class RefusedSignIn extends SimpleUrlAuthenticationFailureHandler {
    private final String page;

    RefusedSignIn(String page) {
        super(page + "?error");
        this.page = page;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException, ServletException {
        if (refused instanceof TryLater later) {
            getRedirectStrategy()
                    .sendRedirect(
                            request, response, page + "?wait=" + later.pause().toSeconds());
        } else {
            super.onAuthenticationFailure(request, response, refused);
        }
    }
}
