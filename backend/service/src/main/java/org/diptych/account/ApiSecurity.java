package org.diptych.account;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

/** Who gets past the door of everything that is not a page. Pages have their own chain, in the frontend. */
@Configuration
class ApiSecurity {
    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Name and password are taken at one place only, and without a session. */
    @Bean
    @Order(0)
    SecurityFilterChain tokenDoor(HttpSecurity http, PasswordSignIn passwordSignIn) {
        return http.securityMatcher("/api/v1/tokens")
                .authenticationProvider(passwordSignIn)
                .httpBasic(basic -> basic.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST)
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** Session of a page (with its CSRF token) or a bearer token (which no other site can make a browser send). */
    @Bean
    @Order(1)
    SecurityFilterChain apiDoor(HttpSecurity http, ApiTokenService tokens) {
        return http.securityMatcher("/api/**", "/images/**", "/actuator/**", "/v3/api-docs/**", "/swagger-ui/**")
                .addFilterBefore(new TokenFilter(tokens), UsernamePasswordAuthenticationFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(request -> {
                    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
                    return header != null && header.startsWith(TokenFilter.BEARER);
                }))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                // a streamed answer is dispatched a second time: its request was let in at the first
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/actuator/health/**")
                                .permitAll()
                                .requestMatchers("/actuator/**")
                                .hasRole(Role.ADMIN.name())
                                .anyRequest()
                                .authenticated())
                .build();
    }

    /** The filter belongs to the chain above, not to every request. */
    @Bean
    FilterRegistrationBean<TokenFilter> tokenFilterOnlyInItsChain(ApiTokenService tokens) {
        var registration = new FilterRegistrationBean<>(new TokenFilter(tokens));
        registration.setEnabled(false);
        return registration;
    }
}
