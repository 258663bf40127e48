package org.diptych.service.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes a refusal where no controller answers: in filters, at the doors, and in the container. */
public final class ProblemDocument {
    private ProblemDocument() {}

    /** Answers with the refusal as {@code application/problem+json}. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        sayWhen(response, problem);
        var bytes = bytes(problem);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Says when the request may be sent again, where somebody knows. */
    static void sayWhen(HttpServletResponse response, Problem problem) {
        problem.after()
                .ifPresent(pause -> response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(pause.toSeconds())));
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
