package org.diptych.service.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.diptych.service.problem.Problem;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A page that works for one account says so with each request, so that nothing of it is ever taken for another's who has
 * signed in since in the same browser.
 */
@Component
class ExpectedAccount implements WebMvcConfigurer, HandlerInterceptor {
    /** The id of the account that the sender takes itself to be. */
    static final String HEADER = "Diptych-Account";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/annotate/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var expected = request.getHeader(HEADER);
        if (expected != null
                && request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof SignedIn who
                && !expected.equalsIgnoreCase(who.id().toString())) {
            throw Problem.conflict(
                    "other_account",
                    "You are signed in as " + who.displayName() + ". Sign in as the account that this page works for.");
        }
        return true;
    }
}
