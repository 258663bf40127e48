package org.diptych.ui.shell;

import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;

/** Who gets to see pages: everybody the sign-in page, the signed-in what their role allows. */
@Configuration
class VaadinSecurity {
    private static final String LOGIN = "/login";

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            RequestUtil requests,
            SecurityContextRepository signIns,
            CsrfTokenRepository csrfTokens) {
        return http.securityContext(context -> context.securityContextRepository(signIns))
                .headers(headers -> headers.disable())
                // pictures that the browser keeps; answers that were not sent yet lie in its storage, and stay
                .logout(logout -> logout.addLogoutHandler(
                        new HeaderWriterLogoutHandler(new ClearSiteDataHeaderWriter(Directive.CACHE))))
                // the pages' own requests carry a token of their own; the sign-in form carries this one
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .ignoringRequestMatchers(requests::isFrameworkInternalRequest))
                .exceptionHandling(handling -> handling.accessDeniedHandler(VaadinSecurity::refuse))
                .addFilterBefore(new PageSessionOwner(), AuthorizationFilter.class)
                .authorizeHttpRequests(rules ->
                        rules.requestMatchers("/wc/**", "/annotate/worker.js").permitAll())
                // what is not there, or not for this role, is said by the product's own page
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        vaadin -> vaadin.loginView(LOGIN)
                                .enableCsrfConfiguration(false)
                                .anyRequest(AuthorizedUrl::authenticated))
                .formLogin(form -> form.failureHandler(new RefusedSignIn(LOGIN)))
                .build();
    }

    /** A sign-in form that was open for too long, or that another site has sent, is shown again. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        if (request.getServletPath().equals(LOGIN) && request.getMethod().equals(HttpMethod.POST.name())) {
            response.sendRedirect(request.getContextPath() + LOGIN + "?again");
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }
}
