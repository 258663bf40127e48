package org.diptych.service.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes a refusal where no controller answers: in filters, at the doors, and in the container. */
public final class ProblemDocument {
    /** After this many seconds a server without its database is worth another try. */
    static final String RETRY_AFTER_SECONDS = "5";

    private ProblemDocument() {}

    /** Answers with the refusal as {@code application/problem+json}. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        var bytes = bytes(problem);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** The document itself. */
    static byte[] bytes(Problem problem) {
        var document = new LinkedHashMap<String, Object>();
        document.put("title", problem.status().getReasonPhrase());
        document.put("status", problem.status().value());
        document.put("detail", problem.detail());
        document.put("code", problem.code());
        document.putAll(problem.properties());
        return JsonMapper.shared().writeValueAsBytes(document);
    }
}
