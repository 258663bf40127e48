package org.diptych.service.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The last one to hear of a failure, whatever it is and wherever it happened: in a filter, at a door, in a controller, in
 * the virtual machine.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ProblemFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(ProblemFilter.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (Exception | Error failure) {
            if (response.isCommitted()) {
                throw failure;
            }
            answer(request, response, failure);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        var problem = Failure.problem(failure);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            log.warn("a request has to wait for the database or for room on the disk: {}", failure.toString());
        } else if (problem.status().is5xxServerError()) {
            log.error("a request failed", failure);
        }
        response.reset();
        if (InterfaceAddress.of(request)) {
            ProblemDocument.write(response, problem);
        } else {
            response.sendError(problem.status().value());
        }
    }

    /** A streamed answer fails in its second dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
