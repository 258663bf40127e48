package org.diptych.service.request;

import java.util.Set;
import java.util.stream.Collectors;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpHeaders;

/** The condition under which a client wants something changed. */
public final class IfMatch {
    private IfMatch() {}

    /**
     * The tags of {@code If-Match}, none where any will do; servers in between that pack an answer make its tag a weak one.
     *
     * @throws Problem {@code invalid_value}
     */
    public static Set<String> of(HttpHeaders headers) {
        try {
            return headers.getIfMatch().stream()
                    .filter(tag -> !tag.equals("*"))
                    .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "invalid_value",
                    HttpHeaders.IF_MATCH,
                    "If-Match must be * or a tag in quotation marks, as ETag has it in the answer to GET.");
        }
    }
}
