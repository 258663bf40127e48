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
 * Whoever gave somebody a password could act in their name: it opens the page where they choose an own one, and of the
 * interface the same and the word who they are.
 */
@Component
class OwnPasswordFirst implements WebMvcConfigurer, HandlerInterceptor {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/api/**", "/images/**", "/v3/**")
                .excludePathPatterns("/api/v1/session", ApiSecurity.OWN_PASSWORD);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof SignedIn who
                && who.mustChoosePassword()) {
            throw problem();
        }
        return true;
    }

    static Problem problem() {
        return Problem.forbidden(
                "own_password_first",
                "Somebody else has given this account its password. Choose an own one first: sign in on the page, or send"
                        + " POST " + ApiSecurity.OWN_PASSWORD
                        + " {\"password\": the new one} with name and present password"
                        + " (Basic), as diptych password --server does.");
    }
}
