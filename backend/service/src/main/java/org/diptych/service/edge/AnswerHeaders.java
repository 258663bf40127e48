package org.diptych.service.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;

/**
 * The headers that protect an answer, on every one of them: pages, files, the interface, refusals. Whoever makes an answer may be
 * more precise. The doors write none of their own.
 */
@Configuration
public class AnswerHeaders {
    private static final Duration ONLY_ENCRYPTED = Duration.ofDays(365);

    /** Files that are the same for everybody. */
    private static final List<String> PUBLIC = List.of("/wc/", "/VAADIN/", "/swagger-ui/", "/webjars/");

    private static final Map<String, String> FIXED = fixed();

    private static Map<String, String> fixed() {
        var headers = new LinkedHashMap<String, String>();
        headers.put(ContentPolicy.HEADER, ContentPolicy.usual());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
        return headers;
    }

    /** What stands in every answer and depends on nothing, for whoever answers before the filters do. */
    public static Map<String, String> always() {
        var headers = new LinkedHashMap<String, String>(FIXED);
        headers.put("X-Frame-Options", XFrameOptionsMode.DENY.name());
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    @Bean
    FilterRegistrationBean<HeaderWriterFilter> protectiveHeaders() {
        var filter = new FilterRegistrationBean<HeaderWriterFilter>(new OnEverything(protection(), caching()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return filter;
    }

    private static List<HeaderWriter> protection() {
        var encrypted = new HstsHeaderWriter();
        encrypted.setMaxAgeInSeconds(ONLY_ENCRYPTED.toSeconds());
        // what else this name's owner serves below it is theirs to decide
        encrypted.setIncludeSubDomains(false);
        var headers = new ArrayList<HeaderWriter>();
        FIXED.forEach((name, value) -> headers.add(new StaticHeadersWriter(name, value)));
        headers.add(new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY));
        headers.add(encrypted);
        return List.copyOf(headers);
    }

    /** Whoever lets an answer be kept has said so: pictures, files of the pages. */
    private static List<HeaderWriter> caching() {
        return List.of(
                new DelegatingRequestMatcherHeaderWriter(AnswerHeaders::isPrivate, new CacheControlHeadersWriter()),
                // asked for again, so that nobody works with the files of the release before
                new DelegatingRequestMatcherHeaderWriter(
                        request -> !isPrivate(request), new StaticHeadersWriter("Cache-Control", "no-cache")));
    }

    private static boolean isPrivate(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return PUBLIC.stream().noneMatch(path::startsWith);
    }

    /**
     * Writes what protects before anything else happens, since a forwarded page is sent without a word to the filters, and
     * what is missing when the answer is sent: a failed one was emptied meanwhile. What the container refuses comes to the
     * application as an error alone.
     */
    private static final class OnEverything extends HeaderWriterFilter {
        private final List<HeaderWriter> protection;

        OnEverything(List<HeaderWriter> protection, List<HeaderWriter> caching) {
            super(Stream.concat(protection.stream(), caching.stream()).toList());
            this.protection = protection;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            protection.forEach(header -> header.writeHeaders(request, response));
            super.doFilterInternal(request, response, chain);
        }

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }
    }
}
