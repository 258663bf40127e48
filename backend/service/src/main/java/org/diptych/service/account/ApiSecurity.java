package org.diptych.service.account;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** Who gets past the door of everything that is not a page. Pages have their own chain, in the frontend. */
@Configuration
class ApiSecurity {
    static final String TOKENS = "/api/v1/tokens";
    static final String OWN_PASSWORD = "/api/v1/password";

    private final ApiRefusals refusals = new ApiRefusals();

    @Bean
    PasswordEncoder passwordEncoder() {
        return new Passwords();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The token against forged requests; like the sign-in, it outlives a restart. */
    @Bean
    CsrfTokenRepository csrfTokens(SignInCookie cookie) {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(cookie.name("csrf"));
        tokens.setCookieCustomizer(each -> each.sameSite("Lax").httpOnly(true));
        return tokens;
    }

    /** The container's errors are told to everybody: whoever caused them was let in or refused before. */
    @Bean
    @Order(-1)
    SecurityFilterChain errors(HttpSecurity http) {
        return http.securityMatcher(request -> request.getDispatcherType() == DispatcherType.ERROR)
                .headers(headers -> headers.disable())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Name and password are taken for a token and for another password only, and without a session. */
    @Bean
    @Order(0)
    SecurityFilterChain tokenDoor(HttpSecurity http) {
        return http.securityMatcher(TOKENS, OWN_PASSWORD)
                .headers(headers -> headers.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    /** Cookie of a page (with its CSRF token) or a bearer token (which no other site can make a browser send). */
    @Bean
    @Order(1)
    SecurityFilterChain apiDoor(
            HttpSecurity http, ApiTokenService tokens, SignInRepository signIns, CsrfTokenRepository csrfTokens) {
        return http.securityMatcher("/api/**", "/images/**", "/actuator/**", "/v3/**", "/swagger-ui/**")
                .headers(headers -> headers.disable())
                .securityContext(context -> context.securityContextRepository(signIns.forReading()))
                .addFilterBefore(new TokenFilter(tokens), UsernamePasswordAuthenticationFilter.class)
                // who is not signed in by a cookie has nothing that could be forged, and is to hear 401
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .requireCsrfProtectionMatcher(request -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                                && !TokenFilter.concerns(request)
                                && SecurityContextHolder.getContext().getAuthentication() != null))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .logout(logout -> logout.disable())
                // a streamed answer is dispatched a second time: its request was let in at the first
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasRole(Role.ADMIN.name())
                        .anyRequest()
                        .authenticated())
                .build();
    }
}
