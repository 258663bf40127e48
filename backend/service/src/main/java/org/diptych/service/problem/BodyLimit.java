package org.diptych.service.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what a request of the interface may carry, before anything of it is parsed: nobody's request takes more memory
 * than this. Uploads are read as a stream by those who take them, which have limits of their own.
 */
@Component
@Order(BodyLimit.AFTER_THE_DOORS)
class BodyLimit extends OncePerRequestFilter {
    /** Spring Security's filter is at -100. */
    static final int AFTER_THE_DOORS = -50;

    private static final int USUAL = 256 * 1024;
    private static final int UNBOUNDED = -1;
    /** The pairs of a draft; a folder of the server is named in JSON, which is short. */
    private static final Pattern PAIRS = Pattern.compile("/api/v1/campaigns/drafts/[^/]+/pairs");

    private static final Map<String, Integer> OTHERS = Map.of(
            "/api/v1/imports", UNBOUNDED,
            "/api/v1/imports/foreign", UNBOUNDED,
            "/api/v1/imports/foreign/mapping", UNBOUNDED,
            "/api/v1/score", UNBOUNDED,
            // a protocol with its examples in two languages
            "/api/v1/protocols", 1024 * 1024);

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !InterfaceAddress.of(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var limit = limit(request);
        if (limit == UNBOUNDED) {
            // who has the stream has the bytes: the container no longer takes them for a form, as curl calls everything
            request.getInputStream();
            chain.doFilter(request, response);
            return;
        }
        if (request.getContentLengthLong() > limit) {
            refuse(response, limit);
            return;
        }
        // not more than the limit, so that it can be held; a length that was not told shows only here
        var body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            refuse(response, limit);
            return;
        }
        chain.doFilter(body.length == 0 ? request : new HeldRequest(request, body), response);
    }

    private static int limit(HttpServletRequest request) {
        var path = request.getServletPath().replaceFirst("/$", "");
        if (PAIRS.matcher(path).matches() && !isJson(request)) {
            return UNBOUNDED;
        }
        return OTHERS.getOrDefault(path, USUAL);
    }

    private static boolean isJson(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).contains("json");
    }

    private static void refuse(HttpServletResponse response, int limit) throws IOException {
        var problem = StandardProblem.TOO_LARGE.problem();
        ProblemDocument.write(
                response,
                Problem.of(
                                problem.status(),
                                problem.code(),
                                "The body is larger than " + limit / 1024 + " KB, the most that this address takes.")
                        .with("limit", limit));
    }
}
