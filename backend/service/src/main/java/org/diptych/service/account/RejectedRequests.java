package org.diptych.service.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Requests that are refused for their form alone: methods that nobody knows, and addresses that could mean two things. */
@Component
class RejectedRequests implements RequestRejectedHandler {
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        var known = Arrays.asList(HttpMethod.values()).contains(HttpMethod.valueOf(request.getMethod()))
                && !request.getMethod().equals(HttpMethod.TRACE.name());
        response.sendError((known ? HttpStatus.BAD_REQUEST : HttpStatus.METHOD_NOT_ALLOWED).value());
    }
}
